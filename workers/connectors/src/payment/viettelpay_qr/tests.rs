//! Signatures against values computed with another program (Python's hmac), and calls that are not what they seem.

use super::*;
use crate::{
    contract::samples::{REFERENCE, order},
    payment::{Enquiry, Outcome, flat::encoded},
};
use serde_json::json;

fn wallet() -> ViettelpayQr {
    let settings = serde_json::from_value(sandbox::example("http://127.0.0.1:9")).unwrap();
    ViettelpayQr::new(settings, Wire::default()).unwrap()
}

const ENQUIRY: [(&str, &str); 4] = [
    ("billcode", "HP20000"),
    ("merchant_code", "H99"),
    ("order_id", REFERENCE),
    ("check_sum", "koRVQ24eHnUiaOe7x78iBlXsjyA="),
];
const RESULT: [(&str, &str); 9] = [
    ("billcode", "HP20000"),
    ("cust_msisdn", "84900000001"),
    ("error_code", "00"),
    ("merchant_code", "H99"),
    ("order_id", REFERENCE),
    ("payment_status", "1"),
    ("trans_amount", "20000"),
    ("vt_transaction_id", "GD0001"),
    ("check_sum", "sMWVlp6IiuB96681c7kTXx0qHyM="),
];

fn heard(pairs: &[(&str, &str)]) -> Result<Heard, Rejected> {
    wallet().verify(encoded(pairs).as_bytes())
}

fn changed<'a>(pairs: &[(&'a str, &'a str)], name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    pairs.iter().map(|(other, held)| (*other, if *other == name { value } else { *held })).collect()
}

#[test]
fn the_code_holds_what_the_wallet_wants_within_its_lengths() {
    let content = code::content(&wallet().settings, &order()).unwrap();

    let read: Value = serde_json::from_str(&content).unwrap();
    let expected = json!({
        "priority": "VTT", "version": "1.0", "type": "001", "billcode": "HP20000", "order_id": REFERENCE,
        "amount": 20000, "merchant_code": "H99",
    });
    assert_eq!(read, expected);
}

#[test]
fn the_enquiry_is_believed_with_the_sum_its_bill_names() {
    let enquiry = Enquiry { reference: REFERENCE.to_owned(), amount: Some(20_000) };
    assert_eq!(heard(&ENQUIRY), Ok(Heard::Enquiry(enquiry)));

    for (name, value) in
        [("billcode", "HP20001"), ("merchant_code", "H98"), ("order_id", "0C7F8XK2M4N6P8R0T2V5")]
    {
        assert_eq!(heard(&changed(&ENQUIRY, name, value)), Err(Rejected::Forged), "{name}");
    }
    for bill in ["HP020000", "HP", "20000", "XX20000", "HP2_000"] {
        assert_eq!(heard(&changed(&ENQUIRY, "billcode", bill)), Err(Rejected::Malformed), "{bill}");
    }
}

#[test]
fn the_result_is_a_hint_because_sum_and_status_are_not_signed() {
    let Ok(Heard::Hint(notice)) = heard(&RESULT) else { panic!() };
    assert_eq!((notice.amount, notice.outcome), (20_000, Outcome::Paid));
    assert_eq!(notice.transaction_id, "GD0001");

    for (name, value) in
        [("error_code", "24"), ("merchant_code", "H98"), ("order_id", "0C7F8XK2M4N6P8R0T2V5")]
    {
        assert_eq!(heard(&changed(&RESULT, name, value)), Err(Rejected::Forged), "{name}");
    }
}

#[test]
fn an_enquiry_cannot_be_made_into_a_result() {
    // Both sign texts without anything between the values: `HP20000` would stand where the code of a result stands.
    let order = format!("{REFERENCE}20000");
    let moved = [
        ("error_code", "HP20000"),
        ("merchant_code", "H99"),
        ("order_id", order.as_str()),
        ("payment_status", "1"),
        ("trans_amount", "20000"),
        ("vt_transaction_id", "GD0001"),
        ("check_sum", ENQUIRY[3].1),
    ];

    assert_eq!(heard(&moved), Err(Rejected::Malformed));
}

#[test]
fn the_question_carries_the_signature_that_python_computes() {
    let form = question::form(&wallet().settings, REFERENCE);

    assert_eq!(Flat::form(form.as_bytes()).unwrap().text("check_sum"), "ifrB+BzPwNUfgPUHfgTgp+fWVSs=");
}

#[test]
fn both_calls_are_answered_in_the_wallets_own_codes() {
    let body = encoded(&RESULT);
    let said = |ok, words: &str| wallet().acknowledge(DateTime::UNIX_EPOCH, body.as_bytes(), ok, words);

    assert_eq!(
        said(true, "asked"),
        json!({"error_code": "00", "merchant_code": "H99", "order_id": REFERENCE})
    );
    assert_eq!(said(false, "forged")["error_code"], "02");
    assert_eq!(said(false, "unknown_reference")["error_code"], "01");
}
