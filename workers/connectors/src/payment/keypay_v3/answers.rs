//! What KeyPay answers: signed with the second key over what was asked, or not believed.

use super::{
    Settings, look_first,
    requests::{question_signed, refund_detail_signed, refund_signed},
};
use crate::{
    failure::Failure,
    outgoing::Answer,
    payment::{
        Notice, Opened, Outcome, RefundStanding, RefundTaken, Standing,
        flat::Flat,
        signing::{fits, hmac_sha256_hex},
    },
};
use serde_json::Value;

/// Takes the payment page's address.
pub(super) fn read_opened(answer: &Answer) -> Result<Opened, Failure> {
    let said = read(answer)?;
    match said.text("payment_url") {
        url if url.starts_with("https://") || url.starts_with("http://") => {
            Ok(Opened { pay_url: Some(url.to_owned()), qr_content: None })
        }
        _ => Err(answer.unreadable()),
    }
}

/// Reads how a payment stands. The signature covers only whom and what the answer is about; the rest stands on TLS.
pub(super) fn read_standing(
    settings: &Settings,
    reference: &str,
    answer: &Answer,
) -> Result<Standing, Failure> {
    let said: Flat = answer.json()?;
    if settings.unknown_errors.iter().any(|known| known == said.text("error")) {
        return Ok(Standing::Unknown);
    }
    let said = taken(said, answer)?;
    signed(settings, &said, &question_signed(settings, reference))?;
    if said.has("transaction_id") && said.text("transaction_id") != reference {
        return Err(Failure::fail("KeyPay answered about another payment"));
    }
    let names = &settings.answer_names;
    let status = said.needed(&names.status).map_err(|_| answer.unreadable())?;
    if status != "0" {
        let failed = settings.failed_statuses.iter().any(|known| known == status);
        return Ok(if failed { Standing::Failed } else { Standing::Pending });
    }
    let amount = said.sum(&names.amount).map_err(|_| answer.unreadable())?;
    let number = said.text(&names.number);
    Ok(Standing::Paid(Notice {
        reference: reference.to_owned(),
        amount,
        transaction_id: if number.is_empty() { reference } else { number }.to_owned(),
        outcome: Outcome::Paid,
        occurred_at: None,
    }))
}

/// Reads what became of a refund. An answer that cannot be believed leaves open what was done.
pub(super) fn read_refund(
    settings: &Settings,
    asked: &Value,
    answer: &Answer,
) -> Result<RefundTaken, Failure> {
    let said = read(answer)?;
    signed(settings, &said, &refund_signed(asked)).map_err(|failure| look_first(&failure))?;
    Ok(RefundTaken { refund_id: said.text("transaction_refund_code").to_owned() })
}

/// Reads how a refund stands.
pub(super) fn read_refund_standing(
    settings: &Settings,
    asked: &Value,
    answer: &Answer,
) -> Result<RefundStanding, Failure> {
    let said = read(answer)?;
    signed(settings, &said, &refund_detail_signed(asked))?;
    let status = said.needed(&settings.answer_names.status).map_err(|_| answer.unreadable())?;
    Ok(if status == "0" { RefundStanding::Done } else { RefundStanding::Pending })
}

fn read(answer: &Answer) -> Result<Flat, Failure> {
    taken(answer.json()?, answer)
}

fn taken(said: Flat, answer: &Answer) -> Result<Flat, Failure> {
    match said.text("error") {
        "0" => Ok(said),
        "" => Err(answer.unreadable()),
        code => {
            let words: String = said.text("msg").chars().take(200).collect();
            Err(Failure::fail(format!("KeyPay refused: {words} (code {code})")))
        }
    }
}

fn signed(settings: &Settings, said: &Flat, text: &str) -> Result<(), Failure> {
    if fits(&hmac_sha256_hex(text, &settings.second_key), said.text("check_sum")) {
        return Ok(());
    }
    Err(Failure::fail("KeyPay's answer: the signature does not match"))
}
