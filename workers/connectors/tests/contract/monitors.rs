//! What a usage monitor is told: each fact once, and nobody's number unless the province says so.

use crate::{
    golden::compare,
    stage::{Stage, stage, stage_with, trip},
};
use connectors::{
    contract::portal::usage,
    monitor::{Carried, Usage, UsageMonitor, UsagePayment},
    registry::Connector,
};
use rules::status::Status;
use serde_json::{Value, json};
use std::sync::Arc;

fn monitor(stage: &Stage) -> Arc<dyn UsageMonitor> {
    match &stage.connector {
        Connector::Monitor(monitor) => Arc::clone(monitor),
        other => unreachable!("{other:?}"),
    }
}

async fn told(changed: Value, usage: &Usage) -> Value {
    let stage = stage_with("emc", changed);
    monitor(&stage).track(&trip(), usage).await.unwrap();
    stage.received().await["tracked"][0].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_counted_is_the_golden_message_in_both_spellings() {
    let plain = told(json!({}), &usage()).await;
    let pascal = told(json!({"names": "pascal", "tells_users": true}), &usage()).await;

    assert_eq!(compare("emc_usage", &plain), None);
    assert_eq!(compare("emc_usage_pascal", &pascal), None);
    assert_eq!(told(json!({"sent_as": "form"}), &usage()).await, plain);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_told_of_only_where_the_settings_say_so() {
    assert_eq!(told(json!({}), &usage()).await["user"], "");

    let all = told(json!({"tells_users": true}), &usage()).await;
    let user: Value = serde_json::from_str(all["user"].as_str().unwrap()).unwrap();
    assert_eq!((&user["ID_local"], &user["TYPE"]), (&json!("006190000001"), &json!(2)));

    let unknown = Usage { user: None, ..usage() };
    assert_eq!(told(json!({"tells_users": true}), &unknown).await["user"], "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn x_01_statuses_fall_into_the_classes_of_the_wire() {
    let codes = ["1", "1", "0", "2", "0", "0", "0", "0", "3", "3"];
    for (status, code) in Status::ALL.into_iter().zip(codes) {
        let usage = Usage { status, ..usage() };
        assert_eq!(told(json!({}), &usage).await["status"], code, "{status:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn levels_payments_and_the_post_are_told_as_they_are() {
    for (online, whole, level) in
        [(false, false, "0"), (false, true, "1"), (true, false, "3"), (true, true, "4")]
    {
        let usage = Usage { online, whole, ..usage() };
        assert_eq!(told(json!({}), &usage).await["level"], level);
    }
    let usage =
        Usage { payment: UsagePayment::Direct, carried: Carried::Other, from_portal: true, ..usage() };
    let told = told(json!({}), &usage).await;
    assert_eq!([&told["formsPayments"], &told["isDVCBC"], &told["isFromDVCQG"]], ["2", "2", "1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_is_final_and_anything_but_204_is_no_success() {
    let refusing = stage("emc");
    refusing.magic("refuses").await;
    let failure = monitor(&refusing).track(&trip(), &usage()).await.unwrap_err();
    assert!(!failure.is_retry() && failure.reason().contains("400"), "{failure}");

    let nameless = Usage { code: String::new(), ..usage() };
    assert!(!monitor(&refusing).track(&trip(), &nameless).await.unwrap_err().is_retry());

    let elsewhere = stage("emc");
    let stage =
        stage_with("emc", json!({"url": format!("{}/__magic", elsewhere.party.url), "sent_as": "form"}));
    let failure = monitor(&stage).track(&trip(), &usage()).await.unwrap_err();
    assert!(failure.reason().contains("status 4") || failure.is_retry(), "{failure}");
}
