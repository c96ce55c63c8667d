//! Signatures against values computed with another program (Python's hmac), and callbacks that are not what they seem.

use super::*;
use crate::{
    contract::samples::{REFERENCE, order, refund},
    payment::Outcome,
};
use serde_json::json;

fn keypay(changed: Value) -> KeypayV3 {
    let mut settings = sandbox::example("http://127.0.0.1:9");
    settings.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
    KeypayV3::new(serde_json::from_value(settings).unwrap(), Wire::default()).unwrap()
}

fn callback() -> Value {
    json!({
        "client_id": "H99", "transaction_id": REFERENCE, "trans_amount": 20000, "addition_fee": 0,
        "command": "PAY", "version": "3.0", "currency_code": "VND", "status": 0,
        "check_sum": "499b393eddc47a3f28e4ed78c366c9a30c89a5fdeb6f4a4e019f6c9fda83384a",
    })
}

fn heard(message: &Value) -> Result<Heard, Rejected> {
    keypay(json!({})).verify(message.to_string().as_bytes())
}

#[test]
fn requests_carry_the_signatures_that_python_computes() {
    let settings = &keypay(json!({})).settings;

    let create = requests::create(settings, &order()).unwrap();
    assert_eq!(create["check_sum"], "f8d39385610092323a945fc2339017055a833063be8318b3916f0a308b2d70f4");
    assert_eq!(create["bill_info"]["SoCMNDNguoiNop"], "", "no made-up identity number, law.md X-02");
    let query = requests::question(settings, REFERENCE);
    assert_eq!(query["check_sum"], "b34f6f6520f37a0f2a3edf2a5fb670ccd05ff5354ede2a45a1dea29ed5895d87");
    let back = requests::refund(settings, "REFUND", &refund());
    assert_eq!(back["check_sum"], "e0fe0257184fc99b72d6d33dba02b5ec55d3d3077c212fc9c7b05ee597097fc6");
    let detail = requests::refund_detail(settings, "REFUND_DETAIL", "HT0001");
    assert_eq!(detail["check_sum"], "e52b1e7219186fcdabb3afd44eba31d88cc3ecb44adb869ee717037e636c5722");
}

#[test]
fn a_signed_callback_is_a_hint_because_its_status_is_not_signed() {
    let Ok(Heard::Hint(notice)) = heard(&callback()) else { panic!() };

    assert_eq!(
        (notice.reference.as_str(), notice.amount, notice.outcome),
        (REFERENCE, 20_000, Outcome::Paid)
    );
}

#[test]
fn which_key_signs_callbacks_is_a_setting() {
    let mut message = callback();
    message["check_sum"] = json!("f8d39385610092323a945fc2339017055a833063be8318b3916f0a308b2d70f4");

    assert_eq!(heard(&message), Err(Rejected::Forged));
    let other = keypay(json!({"callbacks_signed_with": "first"}));
    assert!(other.verify(message.to_string().as_bytes()).is_ok());
    assert_eq!(other.verify(callback().to_string().as_bytes()), Err(Rejected::Forged));
}

#[test]
fn a_changed_callback_is_forged_and_a_bar_moves_nothing() {
    for (name, value) in [
        ("trans_amount", json!(2000)),
        ("addition_fee", json!(1)),
        ("client_id", json!("H98")),
        ("transaction_id", json!("0C7F8XK2M4N6P8R0T2V5")),
        ("command", json!("QUERY")),
        ("version", json!("2.0")),
        (
            "check_sum",
            json!("499b393eddc47a3f28e4ed78c366c9a30c89a5fdeb6f4a4e019f6c9fda83384a".to_uppercase()),
        ),
    ] {
        let mut message = callback();
        message[name] = value;
        assert_eq!(heard(&message), Err(Rejected::Forged), "{name}");
    }
    let mut moved = callback();
    (moved["client_id"], moved["command"]) = (json!("H99|PAY"), json!("20000"));
    assert_eq!(heard(&moved), Err(Rejected::Malformed));
}

#[test]
fn money_of_another_kind_is_refused() {
    let mut message = callback();
    message["currency_code"] = json!("USD");

    assert_eq!(heard(&message), Err(Rejected::WrongCurrency));
}

#[test]
fn a_callback_is_answered_with_a_return_code() {
    let said = |ok| keypay(json!({})).acknowledge(DateTime::UNIX_EPOCH, b"", ok, "settled");

    assert_eq!(said(true), json!({"return_code": 0, "return_msg": "settled"}));
    assert_eq!(said(false)["return_code"], -1);
}
