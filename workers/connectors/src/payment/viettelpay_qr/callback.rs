//! `receiveresult`: the wallet tells how a payment ended; and the answers to both of its calls.

use super::{Settings, code::LONGEST};
use crate::payment::{Notice, Outcome, Rejected, flat::Flat, signing::fits};
use serde_json::{Value, json};

/// Whether a call is this one and not the enquiry before it.
pub(super) fn is_result(said: &Flat) -> bool {
    ["error_code", "payment_status", "vt_transaction_id"].iter().any(|name| said.has(name))
}

/// The news, when it is signed and meant for us. Sum, status and number are not signed, so that this is a hint and no more.
pub(super) fn heard(settings: &Settings, said: &Flat) -> Result<Notice, Rejected> {
    let (code, merchant, reference) =
        (said.needed("error_code")?, said.needed("merchant_code")?, said.needed("order_id")?);
    // Two digits, so that the enquiry's values cannot be moved into this place.
    if code.len() != 2 || reference.len() > LONGEST {
        return Err(Rejected::Malformed);
    }
    if !fits(&settings.sign(&[code, merchant, reference]), said.needed("check_sum")?) {
        return Err(Rejected::Forged);
    }
    if merchant != settings.merchant_code {
        return Err(Rejected::WrongPartner);
    }
    let paid = code == "00" && said.needed("payment_status")? == "1";
    let number = said.text("vt_transaction_id");
    if paid && number.is_empty() {
        return Err(Rejected::Malformed);
    }
    Ok(Notice {
        reference: reference.to_owned(),
        amount: said.sum("trans_amount")?,
        transaction_id: number.to_owned(),
        outcome: if paid { Outcome::Paid } else { Outcome::Failed },
        occurred_at: None,
    })
}

/// The answer to either call: `00` good, `01` wrong data, `02` wrong signature.
pub(super) fn acknowledgement(body: &[u8], ok: bool, words: &str) -> Value {
    let code = match words {
        _ if ok => "00",
        words if words == Rejected::Forged.code() => "02",
        _ => "01",
    };
    let said = Flat::form(body);
    let echo =
        |name: &str| said.as_ref().map(|said| said.text(name).chars().take(LONGEST).collect::<String>());
    json!({
        "error_code": code,
        "merchant_code": echo("merchant_code").unwrap_or_default(),
        "order_id": echo("order_id").unwrap_or_default(),
    })
}
