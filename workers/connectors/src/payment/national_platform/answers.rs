//! What the platform answers to INIT, QUERY and GET_BILL, read leniently and believed strictly.

use super::{Settings, confirm::Message};
use crate::{
    failure::Failure,
    outgoing::Answer,
    payment::{Opened, Standing},
};
use serde_json::Value;

/// Takes the payment page's address out of the answer to INIT.
pub(super) fn read_opened(answer: &Answer) -> Result<Opened, Failure> {
    let inner = unwrapped(answer)?;
    refuse_error(&inner)?;
    match inner.get("UrlThanhToan").and_then(Value::as_str) {
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            Ok(Opened { pay_url: Some(url.to_owned()), qr_content: None })
        }
        _ => Err(answer.unreadable()),
    }
}

/// Reads the answer to QUERY. An end is believed only when it is signed and about this reference.
pub(super) fn read_standing(
    settings: &Settings,
    reference: &str,
    answer: &Answer,
) -> Result<Standing, Failure> {
    let inner = unwrapped(answer)?;
    if inner.get("MaLoi").is_none() {
        return Err(answer.unreadable());
    }
    if inner.get("TrangThaiGD").is_none() {
        return Ok(Standing::Unknown);
    }
    let body = inner.to_string();
    let believed = Message::read(body.as_bytes()).and_then(|message| message.believed(settings, "QUERY"));
    let message = believed.map_err(|why| Failure::fail(format!("the payment platform's answer: {why}")))?;
    if message.reference() != reference {
        return Err(Failure::fail("the payment platform answered about another payment"));
    }
    match message.state().as_deref() {
        Some("1") if message.is_good() => {
            message.notice().map(Standing::Paid).map_err(|_| answer.unreadable())
        }
        Some("3") => Ok(Standing::Pending),
        Some("4") => Ok(Standing::Failed),
        _ => Err(answer.unreadable()),
    }
}

/// The receipt's bytes; anything but a PDF is a refusal or cannot be read.
pub(super) fn read_receipt(answer: Answer) -> Result<Vec<u8>, Failure> {
    if answer.bytes.starts_with(b"%PDF-") {
        return Ok(answer.bytes);
    }
    refuse_error(&unwrapped(&answer)?)?;
    Err(answer.unreadable())
}

// The integration axis wraps the platform's answer as text: {"error_code": "0", "message": "{…}"}.
fn unwrapped(answer: &Answer) -> Result<Value, Failure> {
    let outer: Value = answer.json()?;
    let Some(code) = outer.get("error_code") else {
        return Ok(outer);
    };
    let message = outer.get("message").and_then(Value::as_str).unwrap_or_default();
    if code.as_str() != Some("0") && code.as_i64() != Some(0) {
        return Err(refused(&code.to_string(), message));
    }
    serde_json::from_str(message).map_err(|_| answer.unreadable())
}

fn refuse_error(inner: &Value) -> Result<(), Failure> {
    match inner.get("MaLoi").and_then(Value::as_str) {
        Some("00") | None => Ok(()),
        Some(code) => Err(refused(code, inner.get("MoTaLoi").and_then(Value::as_str).unwrap_or_default())),
    }
}

fn refused(code: &str, words: &str) -> Failure {
    let words: String = words.chars().take(200).collect();
    Failure::fail(format!("the payment platform refused: {words} (code {code})"))
}
