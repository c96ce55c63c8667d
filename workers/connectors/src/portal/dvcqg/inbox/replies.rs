//! What the portal is answered, each family in its own form (wire.md §1.9.1, §1.9.3, §2.1.6).

use crate::{
    payment::{Order, OrderLine},
    portal::{Bill, Reply, Stands},
    trip::stamp,
};
use rules::fees::FeeKind;
use serde_json::{Value, json};

/// The body of an answer.
pub(super) fn answer(family: &str, reply: &Reply) -> Value {
    match reply {
        Reply::Taken { national_id, code } => {
            said("0", &format!("{national_id}| Đã tiếp nhận thông tin, mã hồ sơ tại đơn vị: {code}"))
        }
        Reply::Known { national_id, code } => {
            said("1", &format!("{national_id}| Hồ sơ đã tồn tại, mã hồ sơ tại đơn vị: {code}"))
        }
        Reply::Stands(stands) => standing(stands),
        Reply::Bill(bill) => json!({"error_code": "1", "message": asked(bill)}),
        Reply::NothingDue => said("0", "Hồ sơ không có khoản phải thanh toán hoặc đã thanh toán"),
        Reply::NotFound => said("-1", "Không tìm thấy hồ sơ"),
        Reply::Refused { words, .. } if is_look_up(family) => said("-1", words),
        Reply::Refused { national_id, words } => said("-1", &format!("{national_id}| {words}")),
    }
}

fn is_look_up(family: &str) -> bool {
    matches!(family, "search_call" | "dptracuuthanhtoanhs")
}

fn said(code: &str, words: &str) -> Value {
    json!({"error_code": code, "message": words})
}

fn standing(stands: &Stands) -> Value {
    json!({
        "MaHoSo": stands.code,
        "MaTTHC": stands.procedure_code,
        "TenTTHC": stands.procedure_name,
        "MaLinhVuc": stands.field.0,
        "TenLinhVuc": stands.field.1,
        "LoaiDoiTuong": stands.owner_kind.to_string(),
        "TrangThaiHoSo": stands.status.to_string(),
        "HinhThuc": if stands.online { "1" } else { "0" },
        "DonViXuLy": stands.unit_name,
    })
}

// What the portal calls this client, and the code of the online form, are not told here and stay empty.
fn asked(bill: &Bill) -> Value {
    let Order { payer, beneficiary, .. } = &bill.order;
    let order = &bill.order;
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    json!({
        "transaction_id": order.reference,
        "client_id": "",
        "MaTraCuuTT": format!("{}{}", order.dossier_code, stamp(bill.at)),
        "MaDichVu": "2",
        "MaDVC": "",
        "TenDVC": "",
        "MaTTHC": order.procedure_code,
        "TenTTHC": order.procedure_name,
        "MaDonVi": order.unit_code,
        "TenDonVi": order.unit_name,
        "MaHoSo": order.dossier_code,
        "PhiLePhi": order.fees.iter().map(fee).collect::<Vec<_>>(),
        "TKThuHuong": beneficiary.number,
        "MaNHThuHuong": beneficiary.bank_code,
        "TenTKThuHuong": beneficiary.holder,
        "DSKhoanNop": order.fees.iter().map(due).collect::<Vec<_>>(),
        "HoTenNguoiNop": payer.name,
        "SoCMNDNguoiNop": optional(&payer.identity_number),
        "DiaChiNguoiNop": optional(&payer.address),
        "HuyenNguoiNop": optional(&payer.district),
        "TinhNguoiNop": optional(&payer.province),
    })
}

fn fee(line: &OrderLine) -> Value {
    json!({
        "LoaiPhiLePhi": match line.kind {
            FeeKind::Phi => "1",
            FeeKind::LePhi => "2",
        },
        "MaPhiLePhi": line.code,
        "TenPhiLePhi": line.name,
        "SoTien": line.amount.to_string(),
    })
}

fn due(line: &OrderLine) -> Value {
    json!({"NoiDung": line.name, "SoTien": line.amount.to_string()})
}
