//! `ThongTinBienLai`: for whom, what and into which account is paid (wire.md §2.1.1); KeyPay carries the same object.

use super::FeeKinds;
use crate::payment::Order;
use rules::fees::FeeKind;
use serde_json::{Value, json};

/// The object for `MaDichVu` 2, phí and lệ phí; members of other kinds of receipts are sent empty, as the wire wants.
pub(crate) fn receipt_details(order: &Order, suffix: &str, kinds: FeeKinds) -> Value {
    let (payer, account) = (&order.payer, &order.beneficiary);
    let name = first(&order.procedure_name, 250);
    let lines: Vec<_> = order.fees.iter().map(|line| (line, line.amount.to_string())).collect();
    json!({
        "MaDichVu": "2",
        "MaDVC": format!("{}{}", order.procedure_code, suffix),
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
            "LoaiPhiLePhi": fee_kind(kinds, line.kind),
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

/// The first so many characters.
pub(crate) fn first(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}
