//! `search`: how a payment stands, asked as a form and answered as JSON.

use super::Settings;
use crate::{
    failure::Failure,
    outgoing::Answer,
    payment::{
        Notice, Outcome, Standing,
        flat::{Flat, encoded},
        signing::fits,
    },
};

/// The question.
pub(super) fn form(settings: &Settings, reference: &str) -> String {
    let (command, merchant) = (settings.query_command.as_str(), settings.merchant_code.as_str());
    let version = settings.query_version.as_str();
    let signed = settings.sign(&[command, merchant, reference, version]);
    encoded(&[
        ("cmd", command),
        ("version", version),
        ("merchant_code", merchant),
        ("order_id", reference),
        ("check_sum", &signed),
    ])
}

/// Reads the answer; it is believed when it is signed as the settings say and about this payment.
pub(super) fn read(settings: &Settings, reference: &str, answer: &Answer) -> Result<Standing, Failure> {
    let said: Flat = answer.json()?;
    match said.text("error_code") {
        "00" => {}
        "" => return Err(answer.unreadable()),
        code if settings.unknown_errors.iter().any(|known| known == code) => return Ok(Standing::Unknown),
        code => return Err(Failure::fail(format!("ViettelPay refused the question (code {code})"))),
    }
    let values: Vec<&str> = settings.answer_signs.iter().map(|name| said.text(name)).collect();
    if !fits(&settings.sign(&values), said.text("check_sum")) {
        return Err(Failure::fail("ViettelPay's answer: the signature does not match"));
    }
    if said.text("order_id") != reference || said.text("merchant_code") != settings.merchant_code {
        return Err(Failure::fail("ViettelPay answered about another payment"));
    }
    let status = said.needed("payment_status").map_err(|_| answer.unreadable())?;
    if status != "1" {
        let failed = settings.failed_statuses.iter().any(|known| known == status);
        return Ok(if failed { Standing::Failed } else { Standing::Pending });
    }
    let number = said.needed("vt_transaction_id").map_err(|_| answer.unreadable())?;
    let amount = said.sum("trans_amount");
    let amount = amount.map_err(|_| Failure::fail("ViettelPay says paid, but its answer names no sum"))?;
    Ok(Standing::Paid(Notice {
        reference: reference.to_owned(),
        amount,
        transaction_id: number.to_owned(),
        outcome: Outcome::Paid,
        occurred_at: None,
    }))
}
