//! What the twin of the platform says: signed confirmations, answers, and a receipt of one page.

use super::{
    PARTNER, SECRET,
    payment::{Payment, State},
};
use crate::{
    loose_json::{text, with},
    payment::national_platform::sign,
};
use secrecy::SecretString;
use serde_json::{Value, json};

/// CONFIRM for a payment, bent as the magic says.
pub(super) fn confirm(payment: &Payment, magic: &str, now: &str) -> Value {
    let amount = match magic {
        "wrong_amount" if payment.amount > 1000 => payment.amount.saturating_sub(1000),
        "wrong_amount" => payment.amount.saturating_add(1000),
        _ => payment.amount,
    };
    let message = statement("CONFIRM", payment, amount, now);
    if magic == "forged" { with(with(message, "MaLoi", "00"), "MaGiaoDich", "GD999999") } else { message }
}

/// The answer to QUERY: the fields of CONFIRM and where the payment stands.
pub(super) fn standing(payment: &Payment, now: &str) -> Value {
    let state = match payment.state {
        State::Paid => "1",
        State::Waiting => "3",
        State::Failed => "4",
    };
    with(statement("QUERY", payment, payment.amount, now), "TrangThaiGD", state)
}

fn statement(kind: &str, payment: &Payment, amount: i64, now: &str) -> Value {
    let code = match payment.state {
        State::Paid => "00",
        State::Waiting => "01",
        State::Failed => "24",
    };
    let at = if payment.ended_at.is_empty() { now } else { &payment.ended_at };
    let digits = amount.to_string();
    let signature = sign(
        &[
            kind,
            code,
            PARTNER,
            &payment.reference,
            &digits,
            "VND",
            &payment.transaction,
            "VCB",
            at,
            &payment.description,
        ],
        &SecretString::from(SECRET),
    );
    json!({
        "LoaiBanTin": kind, "MaLoi": code, "MaDoiTac": PARTNER, "MaThamChieu": payment.reference,
        "SoTien": amount, "MaTienTe": "VND", "MaGiaoDich": payment.transaction, "MaNganHang": "VCB",
        "ThoiGianGD": at, "ThongTinGiaoDich": payment.description, "MaXacThuc": signature,
    })
}

/// An answer without a payment in it.
pub(super) fn said(code: &str, words: &str) -> Value {
    json!({"MaLoi": code, "MoTaLoi": words})
}

/// Whether a request is signed over these fields.
pub(super) fn is_signed(request: &Value, fields: &[&str]) -> bool {
    let values: Vec<_> = fields.iter().map(|name| text(request, name)).collect();
    let values: Vec<_> = values.iter().map(String::as_str).collect();
    text(request, "MaXacThuc") == sign(&values, &SecretString::from(SECRET))
}

/// A receipt, one page of PDF.
pub(super) fn receipt(payment: &Payment) -> Vec<u8> {
    let text =
        format!("BT /F1 18 Tf 60 760 Td (BIEN LAI {} - {} VND) Tj ET", payment.reference, payment.amount);
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = pdf.len();
    pdf.push_str(&format!("xref\n0 6\n0000000000 65535 f \n{places}"));
    pdf.push_str(&format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    pdf.into_bytes()
}
