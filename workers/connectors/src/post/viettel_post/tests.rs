//! Orders dated when they are made, codes that are never guessed, and events that prove who sent them.

use super::*;
use crate::{contract::samples, post::TrackingState, trip::read_stamp};
use serde_json::json;

fn settings(more: Value) -> Settings {
    let mut all = json!({
        "url": "http://127.0.0.1:9", "username": "u", "password": "p", "group_address_id": 1, "customer_id": 2,
        "parcel_grams": 100, "webhook_token": "bi-mat", "states": {"501": "delivered"},
    });
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(all).unwrap()
}

fn sent(token: &str, happened: &str) -> Vec<u8> {
    let event = json!({
        "ORDER_NUMBER": "VTP1", "ORDER_REFERENCE": samples::CODE, "ORDER_STATUS": 501,
        "STATUS_NAME": "Thành công", "ORDER_STATUSDATE": happened,
    });
    json!({"DATA": event, "TOKEN": token}).to_string().into_bytes()
}

#[test]
fn the_delivery_date_is_the_instant_of_the_order() {
    let at = read_stamp("20240529150000").unwrap();

    let order = bodies::order(&settings(json!({})), &samples::shipment(), ("VCN", at));

    assert_eq!(order["DELIVERY_DATE"], "29/05/2024 15:00:00");
    assert!(order.get("SENDER_PROVINCE").is_none() && order.get("RECEIVER_WARD").is_none(), "{order}");
}

#[test]
fn a_ward_of_the_offices_table_is_sent_and_its_lack_is_said() {
    let mut shipment = samples::shipment();
    shipment.receiver.known_as.ward = Some("1234".to_owned());
    let known = settings(json!({"provinces": {"06": 26}}));

    let order = bodies::order(&known, &shipment, ("VCN", read_stamp("20240529150000").unwrap()));

    assert_eq!(order["RECEIVER_WARD"], 1234);
    assert_eq!(bodies::left_out(&known, &shipment), ["the sender's commune (01840)"]);
}

#[test]
fn x_08_only_events_with_the_carriers_token_are_read() {
    let settings = settings(json!({}));

    let good = events::read_sent(&settings, &sent("bi-mat", "29/05/2024 15:00:00")).unwrap();
    assert_eq!((good[0].state, good[0].event_id.as_str()), (TrackingState::Delivered, "20240529150000-501"));

    assert_eq!(events::read_sent(&settings, &sent("khac", "29/05/2024 15:00:00")), Err(Unheard::Forged));
    assert_eq!(events::read_sent(&settings, &sent("bi-mat", "hôm qua")), Err(Unheard::Unreadable));
    assert_eq!(events::read_sent(&settings, b"\xff\xfe"), Err(Unheard::Unreadable));
    let deaf = Settings { webhook_token: None, ..settings };
    assert_eq!(events::read_sent(&deaf, &sent("bi-mat", "29/05/2024 15:00:00")), Err(Unheard::NotExpected));
}

#[test]
fn a_carrier_that_nobody_follows_says_so() {
    let deaf = Settings { webhook_token: None, ..settings(json!({})) };

    let why = events::nothing_to_ask(&deaf, None).unwrap_err();

    assert!(why.reason().contains("is not followed") && !why.is_retry(), "{why}");
    assert!(events::cursor(Some("1 OR 1=1")).is_err());
}

#[test]
fn an_order_without_the_carriers_number_cannot_be_cancelled() {
    let number = OrderNumber { ours: samples::CODE.to_owned(), theirs: None };

    assert!(!bodies::cancel(&number, read_stamp("20240529150000").unwrap()).unwrap_err().is_retry());
}
