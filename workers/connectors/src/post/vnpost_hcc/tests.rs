//! Orders that invent no codes, and a tracking list that keeps the carrier's own words.

use super::*;
use crate::{contract::samples, post::Leg};
use serde_json::json;

fn settings(more: serde_json::Value) -> Settings {
    let mut all = json!({
        "url": "http://127.0.0.1:9", "token_url": "http://127.0.0.1:9/token", "key": "k", "secret": "s",
        "customer_code": "H99",
    });
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(all).unwrap()
}

#[test]
fn a_province_without_a_vnpost_number_is_left_out_and_not_guessed() {
    let unknown = bodies::order(&settings(json!({})), &samples::shipment()).unwrap();
    assert!(unknown.get("SenderProvince").is_none() && unknown.get("ReceiverDistrict").is_none());

    let known = bodies::order(&settings(json!({"provinces": {"06": 26}})), &samples::shipment()).unwrap();
    assert_eq!((&known["SenderProvince"], &known["ReceiverProvince"]), (&json!(26), &json!(26)));
}

#[test]
fn the_leg_is_told_by_the_flag() {
    let mut shipment = samples::shipment();
    assert_eq!(bodies::order(&settings(json!({})), &shipment).unwrap()["FlagConfig"], 2);

    shipment.leg = Leg::Collection;
    assert_eq!(bodies::order(&settings(json!({})), &shipment).unwrap()["FlagConfig"], 1);

    let two_alone = settings(json!({"flags": {"return": 2}}));
    assert!(bodies::order(&two_alone, &shipment).unwrap().get("FlagConfig").is_none());
}

#[test]
fn tracking_starts_at_24_zeros_asks_for_a_thousand_and_takes_no_other_cursor() {
    let first = bodies::tracking(&settings(json!({"page_size": 5000})), None).unwrap();
    assert_eq!(first, "?pagesize=1000&lastId=000000000000000000000000");

    for cursor in ["", "1", "66574f0a1b2c3d4e5f607080&x=1", "zz574f0a1b2c3d4e5f607080"] {
        assert!(bodies::tracking(&settings(json!({})), Some(cursor)).is_err(), "{cursor}");
    }
}

#[test]
fn only_the_established_code_has_a_meaning_until_the_settings_give_more() {
    let default = settings(json!({}));
    assert_eq!(default.states, BTreeMap::from([("4".to_owned(), TrackingState::Delivered)]));

    let told = settings(json!({"states": {"5": "undelivered"}}));
    assert_eq!(told.states.get("5"), Some(&TrackingState::Undelivered));
}

#[test]
fn a_price_is_not_asked_for_a_province_the_settings_do_not_hold() {
    let parcel = Parcel {
        weight_grams: 50,
        sender: samples::shipment().sender,
        receiver: samples::shipment().receiver,
    };
    let why = bodies::price(&settings(json!({})), &parcel).unwrap_err();
    assert!(why.reason().contains("province 06"), "{why}");
}

#[test]
fn the_offices_table_comes_before_the_settings() {
    let mut shipment = samples::shipment();
    shipment.receiver.known_as.province = Some("81".to_owned());
    shipment.sender.known_as.province = Some("không phải số".to_owned());

    let order = bodies::order(&settings(json!({"provinces": {"06": 26}})), &shipment).unwrap();

    assert_eq!((&order["ReceiverProvince"], &order["SenderProvince"]), (&json!(81), &json!(26)));
}

#[test]
fn an_event_is_kept_without_what_no_row_can_hold() {
    let event = crate::post::TrackingEvent {
        event_id: "6".repeat(200),
        order_number: "H55.101-261110-0001".to_owned(),
        raw_code: "4\u{0}".to_owned(),
        raw_message: "Phát\u{0} thành công\n".to_owned(),
        state: TrackingState::Delivered,
    };

    let kept = event.kept();

    assert_eq!((kept.event_id.len(), kept.raw_code.as_str()), (80, "4"));
    assert_eq!(kept.raw_message, "Phát thành công");
}

#[test]
fn words_in_the_place_of_a_code_are_kept_with_the_words() {
    let event = crate::post::TrackingEvent {
        event_id: "6".repeat(24),
        order_number: "H55.101-261110-0001".to_owned(),
        raw_code: "đã giao bà Mẫu".to_owned(),
        raw_message: "Phát thành công".to_owned(),
        state: TrackingState::Unknown,
    };

    let kept = event.kept();

    assert_eq!((kept.raw_code.as_str(), kept.raw_message.as_str()), ("?", "đã giao bà Mẫu: Phát thành công"));
}
