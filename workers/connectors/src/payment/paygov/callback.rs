//! What PayGov tells of a payment, and how it is answered.

use super::{Settings, requests::checksum};
use crate::{
    payment::{Notice, Outcome, Rejected, flat::Flat, signing::fits},
    trip::read_stamp,
};
use serde_json::{Value, json};

/// The length of every reference of ours, so that no digit can be moved over its edge into the sum beside it.
const REFERENCE: usize = 20;

/// The news, when its checksum fits. Which payment it is about stands in `requestCode`; `orderId` is never taken apart.
pub(super) fn heard(settings: &Settings, body: &[u8]) -> Result<Notice, Rejected> {
    let said = Flat::json(body)?;
    let made = checksum(settings, &settings.callback_signs, |name| said.text(name).to_owned());
    if !fits(&made, said.needed("checksum")?) {
        return Err(Rejected::Forged);
    }
    let named = |name: &str, ours: &str| !said.has(name) || said.text(name) == ours;
    if !named("partnerCode", &settings.partner_code) {
        return Err(Rejected::WrongPartner);
    }
    let reference = said.needed("requestCode")?;
    let plain = reference.len() == REFERENCE && reference.bytes().all(|b| b.is_ascii_alphanumeric());
    let code = said.needed("errorCode")?;
    let (paid, number) = (code == "00", said.text("transactionNo"));
    // All codes that are known have two characters; one of another length could be cut to say 00.
    if !plain || code.len() != 2 || (paid && number.is_empty()) {
        return Err(Rejected::Malformed);
    }
    Ok(Notice {
        reference: reference.to_owned(),
        amount: said.sum("amount")?,
        transaction_id: number.to_owned(),
        outcome: if paid { Outcome::Paid } else { Outcome::Failed },
        occurred_at: read_stamp(said.text("payDate")),
    })
}

/// The answer to a callback; the codes are the gateway's own.
pub(super) fn acknowledgement(ok: bool, words: &str) -> Value {
    let code = match words {
        _ if ok => "SUCCESSFUL",
        words if words == Rejected::Forged.code() => "SIGNATURE_WRONG",
        _ => "FAILED",
    };
    json!({"error_code": code, "error_message": words})
}
