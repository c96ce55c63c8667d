//! Land tax: notices of what is owed and proofs that it was paid (wire.md §1.9.4).

use super::{
    reading::{CODE, NAME, WORDS, bytes, missing, moment, needed, object, sum, text},
    tax_sheet,
};
use crate::portal::{Inbound, Misread, TaxReceipt};
use serde_json::Value;

/// The notices inside the sheet that a message carries as base64.
pub(super) fn notices(message: &Value) -> Result<Inbound, Misread> {
    let data = object(message, "data")?;
    let name = "FileThongBaoThue";
    let sheet = bytes(data.get(name), name)?.ok_or_else(|| missing(name))?;
    tax_sheet::read(&sheet).map(Inbound::TaxNotices)
}

/// The proof of one payment.
pub(super) fn receipt(message: &Value) -> Result<Inbound, Misread> {
    let data = object(message, "data")?;
    let payment = object(data, "ThongTinThanhToan")?;
    Ok(Inbound::TaxReceipt(Box::new(TaxReceipt {
        code: needed(data, "MaHoSo", CODE)?,
        notice: needed(payment, "MaThongBaoThue", CODE)?,
        payer: needed(data, "HoTenNguoiNopTien", NAME)?,
        paid_at: moment(payment, "ThoiGianThanhToan")?,
        amount: sum(&needed(payment, "SoTien", CODE)?, "SoTien")?,
        content: text(payment, "NoiDungThanhToan", WORDS)?.unwrap_or_default(),
        paid: text(payment, "TrangThaiThanhToan", CODE)?.as_deref() == Some("1"),
        link: text(data, "UrlFileChungTu", WORDS)?,
    })))
}
