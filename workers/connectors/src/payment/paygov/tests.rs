//! Checksums against values computed with another program (Python's hashlib), and callbacks that are not what they seem.

use super::*;
use crate::{
    contract::samples::{CODE, REFERENCE, order},
    payment::Outcome,
};
use serde_json::json;

fn paygov(changed: Value) -> Paygov {
    let mut settings = sandbox::example("http://127.0.0.1:9");
    settings.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
    Paygov::new(serde_json::from_value(settings).unwrap(), Wire::default()).unwrap()
}

fn callback(checksum: &str) -> Value {
    json!({
        "amount": 20000, "orderId": format!("000.14.10.H99-{CODE}-01"), "orderInfo": "Thu phi",
        "requestCode": REFERENCE, "transactionNo": "GD0001", "payDate": "20240529150130", "paygate": "VCB",
        "errorCode": "00", "type": "1", "transactionCode": "x", "checksum": checksum,
    })
}

const FULL: &str = "6290234f27efe93ffadb8f9c7ce4fc3b78c0daca6921cdc71552fa0e670182fc";
const AS_THE_REQUEST: &str = "19cd5892b6b7a2cdff3d59c15729eace882ab6abcae526d66379ac006b233f3b";

#[test]
fn the_order_carries_the_checksum_that_python_computes() {
    let body = requests::order(&paygov(json!({})).settings, &order()).unwrap();

    assert_eq!(body["checksum"], AS_THE_REQUEST);
    assert_eq!(body["orderId"], format!("000.14.10.H99-{CODE}-01"));
    assert!(body.get("beneficiaryCode").is_none() && body.get("accountPay").is_none());
    let extras = paygov(json!({"beneficiary_code": "B1", "send_account": true}));
    let body = requests::order(&extras.settings, &order()).unwrap();
    assert_eq!((&body["beneficiaryCode"], &body["accountPay"]), (&json!("B1"), &json!("0011000000001")));
}

#[test]
fn a_callback_that_signs_what_counts_is_believed() {
    let heard = paygov(json!({})).verify(callback(FULL).to_string().as_bytes());

    let Ok(Heard::Notice(notice)) = heard else { panic!("{heard:?}") };
    assert_eq!((notice.reference.as_str(), notice.amount), (REFERENCE, 20_000));
    assert_eq!((notice.transaction_id.as_str(), notice.outcome), ("GD0001", Outcome::Paid));
    assert_eq!(notice.occurred_at, read_stamp("20240529150130"));
}

#[test]
fn a_callback_that_signs_no_more_than_the_request_is_a_hint() {
    let mut settings = sandbox::example("http://127.0.0.1:9");
    settings.as_object_mut().unwrap().remove("callback_signs");
    let ordinary = Paygov::new(serde_json::from_value(settings).unwrap(), Wire::default()).unwrap();

    let heard = ordinary.verify(callback(AS_THE_REQUEST).to_string().as_bytes());

    assert!(matches!(heard, Ok(Heard::Hint(_))), "{heard:?}");
    assert_eq!(ordinary.verify(callback(FULL).to_string().as_bytes()), Err(Rejected::Forged));
}

#[test]
fn digits_cannot_be_moved_from_the_reference_to_the_sum() {
    let mut message = callback(FULL);
    message["requestCode"] = json!("0C7F8XK2M4N6P8R0T2V");
    message["amount"] = json!("420000");

    assert_eq!(paygov(json!({})).verify(message.to_string().as_bytes()), Err(Rejected::Malformed));
}

#[test]
fn values_of_unknown_length_side_by_side_prove_nothing() {
    let names = ["secretKey", "requestCode", "amount", "errorCode", "transactionNo", "orderId"];
    assert!(!paygov(json!({"callback_signs": names})).proves());

    let names = ["secretKey", "transactionNo", "requestCode", "amount", "errorCode", "orderId"];
    assert!(paygov(json!({"callback_signs": names})).proves());
}

#[test]
fn the_order_id_is_never_taken_apart() {
    let mut message = callback("");
    message["orderId"] = json!("x");
    let settings = paygov(json!({})).settings;
    let names = &settings.callback_signs;
    message["checksum"] =
        json!(requests::checksum(&settings, names, |name| crate::loose_json::text(&message, name)));

    let heard = paygov(json!({})).verify(message.to_string().as_bytes());

    assert!(matches!(heard, Ok(Heard::Notice(notice)) if notice.reference == REFERENCE));
}

#[test]
fn a_checksum_without_a_secret_is_no_setting() {
    let mut settings = sandbox::example("http://127.0.0.1:9");
    settings["callback_signs"] = json!(["orderId", "amount"]);

    let refused = Paygov::new(serde_json::from_value(settings).unwrap(), Wire::default());

    assert!(refused.unwrap_err().reason().contains("secretKey"));
}

#[test]
fn a_callback_is_answered_in_the_gateways_own_codes() {
    let said = |ok, words: &str| paygov(json!({})).acknowledge(DateTime::UNIX_EPOCH, b"", ok, words);

    assert_eq!(said(true, "settled"), json!({"error_code": "SUCCESSFUL", "error_message": "settled"}));
    assert_eq!(said(false, "forged")["error_code"], "SIGNATURE_WRONG");
    assert_eq!(said(false, "wrong_amount")["error_code"], "FAILED");
}

fn read_stamp(text: &str) -> Option<DateTime<Utc>> {
    crate::trip::read_stamp(text)
}
