//! The post end to end: tokens, orders, tracking by cursor.

use crate::stage::{Stage, afternoon, stage, stage_with, trip};
use chrono::TimeDelta;
use connectors::{
    contract::samples,
    failure::Failure,
    post::{PostCarrier, TrackingState},
    registry::Connector,
    trip::Trip,
};
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};

fn carrier(stage: &Stage) -> Arc<dyn PostCarrier> {
    match &stage.connector {
        Connector::Post(carrier) => Arc::clone(carrier),
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_parcel_is_followed_from_cursor_to_cursor() {
    let stage = stage("vnpost_hcc");
    carrier(&stage).order(&trip(), &samples::shipment()).await.unwrap();
    let first = carrier(&stage).track(&trip(), None).await.unwrap();
    assert_eq!(first.events[0].state, TrackingState::Created);

    for to in ["in_transit", "undelivered", "4"] {
        stage.post(&format!("/__advance/{}", samples::CODE), json!({"to": to})).await;
    }
    let next = carrier(&stage).track(&trip(), first.next_cursor.as_deref()).await.unwrap();

    let states: Vec<_> = next.events.iter().map(|event| event.state).collect();
    assert_eq!(states, [TrackingState::InTransit, TrackingState::Undelivered, TrackingState::Delivered]);
    assert_eq!(
        (next.events[2].raw_code.as_str(), next.events[2].raw_message.as_str()),
        ("4", "Phát thành công")
    );
    let end = carrier(&stage).track(&trip(), next.next_cursor.as_deref()).await.unwrap();
    assert_eq!((end.events.len(), end.next_cursor), (0, next.next_cursor));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_read_one_after_the_other() {
    let stage = stage_with("vnpost_hcc", json!({"page_size": 2}));
    stage.magic("delivers").await;
    carrier(&stage).order(&trip(), &samples::shipment()).await.unwrap();

    let first = carrier(&stage).track(&trip(), None).await.unwrap();
    let second = carrier(&stage).track(&trip(), first.next_cursor.as_deref()).await.unwrap();
    let third = carrier(&stage).track(&trip(), second.next_cursor.as_deref()).await.unwrap();

    assert_eq!((first.events.len(), second.events.len(), third.events.len()), (2, 2, 0));
    assert_eq!((first.more, second.more, third.more), (true, true, false));
    assert_eq!(second.events[1].state, TrackingState::Delivered);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_that_the_table_does_not_hold_is_unknown_and_kept() {
    let stage = stage_with("vnpost_hcc", json!({"states": {"4": "delivered"}}));
    carrier(&stage).order(&trip(), &samples::shipment()).await.unwrap();

    let event = carrier(&stage).track(&trip(), None).await.unwrap().events.remove(0);

    assert_eq!(event.state, TrackingState::Unknown);
    assert_eq!((event.raw_code.as_str(), event.raw_message.as_str()), ("1", "Đã tạo đơn"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_can_carry_the_end_in_the_name() {
    let stage = stage("vnpost_hcc");
    let mut shipment = samples::shipment();
    shipment.receiver.name = "Trần Thị Mẫu [undelivered]".to_owned();

    carrier(&stage).order(&trip(), &shipment).await.unwrap();

    let events = carrier(&stage).track(&trip(), None).await.unwrap().events;
    assert_eq!(events.last().unwrap().state, TrackingState::Undelivered);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_repeated_or_without_a_province_is_accepted_with_a_remark() {
    let stage = stage("vnpost_hcc");
    assert_eq!(carrier(&stage).order(&trip(), &samples::shipment()).await.unwrap().remark, None);
    let again = carrier(&stage).order(&trip(), &samples::shipment()).await.unwrap();
    assert_eq!(again.remark.as_deref(), Some("Đơn hàng đã tồn tại"));

    let mut shipment = samples::shipment();
    (shipment.order_number, shipment.receiver.province_code) = ("khac-1".to_owned(), None);
    assert!(carrier(&stage).order(&trip(), &shipment).await.unwrap().remark.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_order_is_final_and_says_why() {
    let stage = stage("vnpost_hcc");
    stage.magic("refuses").await;

    let failure = carrier(&stage).order(&trip(), &samples::shipment()).await.unwrap_err();

    let Failure::Fail { reason, said } = failure else { panic!("{failure}") };
    assert_eq!(reason, "the post refused (status 500)");
    assert_eq!(said.words(), "Địa chỉ người nhận không hợp lệ");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_carrier_that_repeats_a_person_in_its_words_puts_nothing_of_them_into_ours() {
    for key in ["vnpost_hcc", "vnpost_lgsp", "viettel_post"] {
        let stage = stage(key);
        let mut shipment = samples::shipment();
        shipment.receiver.name = "Trần Thị Kín [echoes]".to_owned();
        stage.magic("refuses").await;

        let failure = carrier(&stage).order(&trip(), &shipment).await.unwrap_err();

        let told = format!("{failure} {failure:?} {:?}", failure.reason());
        assert!(!told.contains("Kín") && !told.contains(&shipment.receiver.phone), "{key}: {told}");
        let Failure::Fail { said, .. } = failure else { panic!("{told}") };
        assert!(said.words().contains("Trần Thị Kín"), "{key}: {}", said.words());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_kept_and_renewed_once_when_it_is_refused_or_ends() {
    let stage = stage("vnpost_hcc");
    carrier(&stage).order(&trip(), &samples::shipment()).await.unwrap();
    carrier(&stage).track(&trip(), None).await.unwrap();
    stage.magic("token_expired").await;
    carrier(&stage).track(&trip(), None).await.unwrap();
    let later = Trip::at(afternoon() + TimeDelta::minutes(59));
    carrier(&stage).track(&later, None).await.unwrap();

    let sentences = ["token", "order", "tracking", "tracking", "token", "tracking", "token", "tracking"];
    assert_eq!(stage.calls.sentences(), sentences.map(|what| format!("the post: {what}")));

    let stranger = stage_with("vnpost_hcc", json!({"secret": "sai"}));
    let failure = carrier(&stranger).track(&trip(), None).await.unwrap_err();
    assert_eq!(failure.reason(), "the post refuses our login (status 401)");
    assert!(failure.is_wait(), "no parcel is at fault: all of them wait for new credentials");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn viettel_post_logs_in_twice_and_again_when_the_token_is_refused() {
    let stage = stage("viettel_post");
    carrier(&stage).order(&trip(), &samples::shipment()).await.unwrap();
    stage.magic("token_expired").await;
    carrier(&stage).cancel(&trip(), &samples::placed()).await.unwrap();

    let sentences =
        ["login", "long login", "createOrder", "UpdateOrder", "login", "long login", "UpdateOrder"];
    assert_eq!(stage.calls.sentences(), sentences.map(|what| format!("Viettel Post: {what}")));
    let logins = stage.bodies("/user/Login").await;
    assert_eq!(logins[0], json!({"USERNAME": "0900000099", "PASSWORD": "***"}));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn viettel_post_is_followed_by_its_list_and_by_what_it_sends() {
    let stage = stage("viettel_post");
    let taken = carrier(&stage).order(&trip(), &samples::shipment()).await.unwrap();
    assert_eq!(taken.carrier_number, samples::placed().theirs);

    let first = carrier(&stage).track(&trip(), None).await.unwrap();
    let sent = stage.post(&format!("/__advance/{}", samples::CODE), json!({"to": "delivered"})).await;
    let next = carrier(&stage).track(&trip(), first.next_cursor.as_deref()).await.unwrap();
    let heard = carrier(&stage).read_event(sent.to_string().as_bytes(), &BTreeMap::new()).unwrap();

    assert_eq!(first.events[0].state, TrackingState::Created);
    assert_eq!((next.events.len(), next.events[0].state), (1, TrackingState::Delivered));
    assert_eq!(heard, next.events);
    assert_eq!(heard[0].order_number, samples::CODE);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn viettel_post_is_asked_for_a_service_where_the_settings_name_none() {
    let stage = stage_with("viettel_post", json!({"service": null}));

    carrier(&stage).order(&trip(), &samples::shipment()).await.unwrap();

    assert_eq!(stage.bodies("/order/getPriceAll").await.len(), 1);
    assert_eq!(stage.bodies("/order/createOrder").await[0]["ORDER_SERVICE"], "VCN");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_says_which_codes_were_left_out() {
    let stage = stage_with("viettel_post", json!({"provinces": {}, "wards": {"01840": 7}}));

    let failure = carrier(&stage).order(&trip(), &samples::shipment()).await.unwrap_err();

    let words = "left out, as no code of the carrier is known: the sender's province (06), the receiver's";
    assert!(failure.reason().contains(words) && !failure.is_retry(), "{failure}");
}
