//! What is asked of the platform: INIT, QUERY and GET_BILL (wire.md §2.1.1, §2.1.4, §2.1.5).

use super::{FeeKinds, Settings, signature::sign};
use crate::{failure::Failure, payment::Order, trip::stamp};
use chrono::{DateTime, Utc};
use rules::{fees::FeeKind, folding::unaccented};
use serde_json::{Value, json};

const VERSION: &str = "1.0.6";

/// INIT, fields in the order of the signature. Refuses an order that cannot be told truthfully.
pub(super) fn init(settings: &Settings, order: &Order, at: DateTime<Utc>) -> Result<Value, Failure> {
    check(order)?;
    let (amount, at) = (order.amount.to_string(), stamp(at));
    let description = description(&order.description);
    let partner = &settings.partner_code;
    let signature = sign(
        &[
            "INIT",
            VERSION,
            partner,
            &order.reference,
            &amount,
            "PAY",
            "1",
            "1",
            "vi-VN",
            "VND",
            "PAYMENT",
            &description,
            &at,
            &order.client_ip,
        ],
        &settings.secret,
    );
    Ok(json!({
        "LoaiBanTin": "INIT",
        "PhienBan": VERSION,
        "MaDoiTac": partner,
        "MaThamChieu": order.reference,
        "SoTien": amount,
        "LoaiHinhThanhToan": "PAY",
        "MaKenhThanhToan": "1",
        "MaThietBi": "1",
        "NgonNgu": "vi-VN",
        "MaTienTe": "VND",
        "MaNganHang": "PAYMENT",
        "ThongTinGiaoDich": description,
        "ThoiGianGD": at,
        "Ip": order.client_ip,
        "MaXacThuc": signature,
        "ThongTinBienLai": receipt_details(settings, order),
    }))
}

fn check(order: &Order) -> Result<(), Failure> {
    let reference = &order.reference;
    let plain = reference.bytes().all(|b| b.is_ascii_alphanumeric());
    if reference.is_empty() || reference.len() > 20 || !plain {
        return Err(Failure::fail("the payment reference must be 1 to 20 letters and digits"));
    }
    if order.amount <= 0 || order.fees.iter().map(|line| line.amount).sum::<i64>() != order.amount {
        return Err(Failure::fail("the lines of the payment do not add up to its sum"));
    }
    Ok(())
}

// Unaccented capitals, as in the field; the bar separates the signed values, so that it may not stand inside one.
fn description(text: &str) -> String {
    first(&unaccented(text).to_uppercase().replace('|', " "), 250)
}

fn receipt_details(settings: &Settings, order: &Order) -> Value {
    let (payer, account) = (&order.payer, &order.beneficiary);
    let name = first(&order.procedure_name, 250);
    let lines: Vec<_> = order.fees.iter().map(|line| (line, line.amount.to_string())).collect();
    json!({
        "MaDichVu": "2",
        "MaDVC": format!("{}{}", order.procedure_code, settings.service_suffix),
        "TenDVC": name,
        "MaTTHC": order.procedure_code,
        "TenTTHC": name,
        "MaDonVi": order.unit_code,
        "TenDonVi": order.unit_name,
        "MaHoSo": order.dossier_code,
        "TKThuHuong": account.number,
        "MaNHThuHuong": account.bank_code,
        "TenTKThuHuong": account.holder,
        "MaLoaiHinhThuPhat": "", "TenLoaiHinhThuPhat": "", "MaCoQuanQD": "", "TenCoQuanQD": "", "KhoBac": "",
        "NgayQD": "", "SoQD": "", "ThoiGianViPham": "", "DiaDiemViPham": "", "TenNguoiViPham": "",
        "TaiKhoanThuNSNN": "",
        "NoiDungThanhToan": order.description,
        "HoTenNguoiNop": payer.name,
        "SoCMNDNguoiNop": payer.identity_number.as_deref().unwrap_or_default(),
        "DiaChiNguoiNop": payer.address.as_deref().unwrap_or_default(),
        "HuyenNguoiNop": payer.district.as_deref().unwrap_or_default(),
        "TinhNguoiNop": payer.province.as_deref().unwrap_or_default(),
        "PhiLePhi": lines.iter().map(|(line, amount)| json!({
            "LoaiPhiLePhi": fee_kind(settings.fee_kinds, line.kind),
            "MaPhiLePhi": line.code, "TenPhiLePhi": line.name, "SoTien": amount,
        })).collect::<Vec<_>>(),
        "DSKhoanNop": lines.iter().map(|(line, amount)| json!({
            "NoiDung": line.name, "SoTien": amount,
        })).collect::<Vec<_>>(),
    })
}

fn fee_kind(style: FeeKinds, kind: FeeKind) -> &'static str {
    match (style, kind) {
        (FeeKinds::Digits, FeeKind::Phi) => "1",
        (FeeKinds::Digits, FeeKind::LePhi) => "2",
        (FeeKinds::Words, FeeKind::Phi) => "Phi",
        (FeeKinds::Words, FeeKind::LePhi) => "LePhi",
    }
}

fn first(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// QUERY and GET_BILL share fields and signature.
pub(super) fn question(settings: &Settings, kind: &str, reference: &str, at: DateTime<Utc>) -> Value {
    let (partner, at) = (&settings.partner_code, stamp(at));
    json!({
        "LoaiBanTin": kind,
        "PhienBan": VERSION,
        "MaDoiTac": partner,
        "MaThamChieu": reference,
        "ThoiGianGD": at,
        "MaXacThuc": sign(&[kind, VERSION, partner, reference, &at], &settings.secret),
    })
}
