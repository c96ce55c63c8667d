//! What KeyPay tells of a payment, and how it is answered.

use super::{
    Settings, Signer,
    requests::{PAY, VERSION},
};
use crate::payment::{
    Notice, Outcome, Rejected,
    flat::Flat,
    signing::{fits, hmac_sha256_hex},
};
use serde_json::{Value, json};

const SIGNED: [&str; 6] =
    ["addition_fee", "client_id", "command", "trans_amount", "transaction_id", "version"];

/// The news, when it is signed and meant for us. `status` is not signed, so that this is a hint and no more.
pub(super) fn heard(settings: &Settings, body: &[u8]) -> Result<Notice, Rejected> {
    let said = Flat::json(body)?;
    let claimed = said.needed("check_sum")?;
    let values = SIGNED.map(|name| said.text(name));
    // A bar inside a value would let its neighbours be moved without breaking the signature.
    if values.iter().any(|value| value.contains('|')) {
        return Err(Rejected::Malformed);
    }
    let key = match settings.callbacks_signed_with {
        Signer::First => &settings.first_key,
        Signer::Second => &settings.second_key,
    };
    if !fits(&hmac_sha256_hex(&values.join("|"), key), claimed) {
        return Err(Rejected::Forged);
    }
    judged(settings, &said)
}

fn judged(settings: &Settings, said: &Flat) -> Result<Notice, Rejected> {
    match () {
        () if said.text("client_id") != settings.client_id => return Err(Rejected::WrongPartner),
        () if said.text("command") != PAY || said.text("version") != VERSION => {
            return Err(Rejected::WrongKind);
        }
        () if said.has("currency_code") && said.text("currency_code") != "VND" => {
            return Err(Rejected::WrongCurrency);
        }
        () => {}
    }
    let reference = said.needed("transaction_id")?.to_owned();
    let outcome = if said.needed("status")? == "0" { Outcome::Paid } else { Outcome::Failed };
    Ok(Notice {
        amount: said.sum("trans_amount")?,
        // On this wire the number of the order is that of the transaction.
        transaction_id: reference.clone(),
        reference,
        outcome,
        occurred_at: None,
    })
}

/// The answer to a callback.
pub(super) fn acknowledgement(ok: bool, words: &str) -> Value {
    json!({"return_code": if ok { 0 } else { -1 }, "return_msg": words})
}
