//! What the twin of the national platform says: signed confirmations and answers.

use crate::{
    loose_json::{text, with},
    payment::{
        national_platform::sign,
        sandbox::{Payment, SECRET, Spoken, State, Told},
        signing::fits,
    },
    trip::stamp,
};
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::{Value, json};

/// CONFIRM of news.
pub fn confirm(told: &Told<'_>) -> Spoken {
    Spoken::Json(statement("CONFIRM", if told.paid { "00" } else { "24" }, told))
}

/// The answer to QUERY: the fields of CONFIRM and where the payment stands.
pub(super) fn standing(payment: &Payment, now: DateTime<Utc>) -> Value {
    let (state, code) = match payment.state {
        State::Paid => ("1", "00"),
        State::Waiting => ("3", "01"),
        State::Failed => ("4", "24"),
    };
    let at = payment.ended_at.unwrap_or(now);
    let told = Told {
        description: &payment.description,
        ..Told::of(&payment.reference, payment.amount, &payment.transaction, at)
    };
    with(statement("QUERY", code, &told), "TrangThaiGD", state)
}

fn statement(kind: &str, code: &str, told: &Told<'_>) -> Value {
    let (digits, at) = (told.amount.to_string(), stamp(told.at));
    let signature = sign(
        &[
            kind,
            code,
            told.partner,
            told.reference,
            &digits,
            told.currency,
            told.transaction_id,
            "VCB",
            &at,
            told.description,
        ],
        &SecretString::from(told.secret),
    );
    json!({
        "LoaiBanTin": kind, "MaLoi": code, "MaDoiTac": told.partner, "MaThamChieu": told.reference,
        "SoTien": told.amount, "MaTienTe": told.currency, "MaGiaoDich": told.transaction_id, "MaNganHang": "VCB",
        "ThoiGianGD": at, "ThongTinGiaoDich": told.description, "MaXacThuc": signature,
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
    fits(&sign(&values, &SecretString::from(SECRET)), &text(request, "MaXacThuc"))
}
