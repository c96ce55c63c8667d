//! What is asked of the platform: INIT, QUERY and GET_BILL (wire.md §2.1.1, §2.1.4, §2.1.5).

use super::{
    Settings,
    receipt_details::{first, receipt_details},
    signature::sign,
};
use crate::{failure::Failure, payment::Order, trip::stamp};
use chrono::{DateTime, Utc};
use rules::folding::unaccented;
use serde_json::{Value, json};

const VERSION: &str = "1.0.6";

/// INIT, fields in the order of the signature. Refuses an order that cannot be told truthfully.
pub(super) fn init(settings: &Settings, order: &Order, at: DateTime<Utc>) -> Result<Value, Failure> {
    order.check()?;
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
        "ThongTinBienLai": receipt_details(order, &settings.service_suffix, settings.fee_kinds),
    }))
}

// Unaccented capitals, as in the field; the bar separates the signed values, so that it may not stand inside one.
fn description(text: &str) -> String {
    first(&unaccented(text).to_uppercase().replace('|', " "), 250)
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
