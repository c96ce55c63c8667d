//! What Viettel Post answers: `{status, error, message, data}`, or a bare list of prices (wire.md §3.4).

use super::Settings;
use crate::{
    failure::Failure,
    loose_json::text,
    outgoing::Answer,
    post::{
        Accepted,
        port::{code_or_none, is_code},
    },
};
use serde_json::Value;

/// The token is not good (201) or not readable (202).
pub(super) fn refuses_token(answer: &Answer) -> bool {
    let status = answer.json::<Value>().map(|said| text(&said, "status")).unwrap_or_default();
    answer.status == 401 || matches!(status.as_str(), "201" | "202")
}

/// The account may not do this (204): nothing that we ask for is at fault.
pub(super) fn bars_account(answer: &Answer) -> bool {
    answer.status == 403 || answer.json::<Value>().is_ok_and(|said| text(&said, "status") == "204")
}

/// The `data` of an answer of status 200, or the failure that its code means.
pub(super) fn read(answer: &Answer) -> Result<Value, Failure> {
    let said: Value = answer.json()?;
    if said.is_array() {
        return Ok(said);
    }
    let status = text(&said, "status");
    let words = text(&said, "message");
    let refused = |why: &str| {
        let reason = format!("Viettel Post refused: {why} (status {})", code_or_none(&status));
        Failure::refused(reason, &words)
    };
    match status.as_str() {
        "" => Err(answer.unreadable()),
        "200" => Ok(said.get("data").cloned().unwrap_or_default()),
        "201" | "202" => Err(refused("the token is not taken")),
        "203" => Err(refused("the order changed meanwhile")),
        "204" => Err(refused("the account may not do this")),
        "205" => Err(Failure::retry("Viettel Post has a fault of its own (status 205)")),
        "207" => Err(refused("there is no such order")),
        _ => Err(refused("it gives no reason that we know")),
    }
}

/// The order as it was taken; the carrier's number is what it is found by from now on.
pub(super) fn read_accepted(data: &Value) -> Result<Accepted, Failure> {
    let number = text(data, "ORDER_NUMBER");
    if number.is_empty() || !is_code(&number) {
        return Err(Failure::retry("Viettel Post took an order without giving it a number"));
    }
    Ok(Accepted { remark: None, carrier_number: Some(number) })
}

/// The code of the first service offered.
pub(super) fn first_service(offers: &Value) -> Result<String, Failure> {
    let service = first(offers).map(|offer| text(offer, "MA_DV_CHINH")).unwrap_or_default();
    if service.is_empty() {
        return Err(Failure::fail("Viettel Post offers no service for this way"));
    }
    Ok(service)
}

/// The sum of the first service offered, in đồng.
pub(super) fn read_price(settings: &Settings, offers: &Value) -> Result<i64, Failure> {
    let offer = first(offers).ok_or_else(|| Failure::fail("Viettel Post offers no service for this way"))?;
    let told = text(offer, &settings.price_field).parse();
    told.map_err(|_| Failure::fail("Viettel Post's offer has no sum where the settings look for it"))
}

fn first(offers: &Value) -> Option<&Value> {
    offers.as_array().and_then(|offers| offers.first())
}
