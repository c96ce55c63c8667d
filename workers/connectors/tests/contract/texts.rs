//! Texts end to end: what becomes of a message, and which receipts are believed.

use crate::stage::{Stage, stage, stage_with, trip};
use connectors::{
    contract::samples,
    failure::Failure,
    registry::Connector,
    text::{Heard, Receipt, Rejected, Taken, Text, TextCarrier, sandbox},
};
use rules::notices::{NoticeChannel, phone};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, sync::Arc};

const KEYS: [(&str, NoticeChannel); 2] =
    [("sms_gateway", NoticeChannel::Sms), ("zalo_zns", NoticeChannel::Zalo)];

fn carrier(connector: &Connector) -> Arc<dyn TextCarrier> {
    match connector {
        Connector::Text(carrier) => Arc::clone(carrier),
        other => unreachable!("{other:?}"),
    }
}

fn to(number: &str, channel: NoticeChannel) -> Text {
    Text { phone: phone(number).unwrap(), ..samples::text(channel).unwrap() }
}

async fn sent(stage: &Stage, text: &Text) -> Result<Taken, Failure> {
    carrier(&stage.connector).send(&trip(), text).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_of_a_number_says_what_becomes_of_a_message() {
    for (key, channel) in KEYS {
        let stage = stage(key);

        let refused = sent(&stage, &to("0900000001", channel)).await.unwrap_err();
        let put_off = sent(&stage, &to("0900000002", channel)).await.unwrap_err();
        let then = sent(&stage, &to("0900000002", channel)).await.unwrap();
        let late = carrier(&stage.hasty).send(&trip(), &to("0900000003", channel)).await.unwrap_err();

        assert!(!refused.is_retry() && refused.reason().contains("code"), "{key}: {refused}");
        assert!(put_off.left_undone(), "{key}: {put_off}");
        assert!(late.is_retry() && !late.left_undone(), "{key}: it may have been sent: {late}");
        assert_eq!(then.party_ref.as_deref(), Some("TN000001"), "{key}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_carrier_that_says_it_cannot_now_has_certainly_sent_nothing() {
    for (key, channel) in KEYS {
        let stage = stage(key);
        stage.magic("down").await;
        let down = sent(&stage, &to("0900000009", channel)).await.unwrap_err();
        stage.magic("up").await;
        stage.magic("error").await;
        let broken = sent(&stage, &to("0900000009", channel)).await.unwrap_err();

        assert!(down.is_retry() && down.left_undone(), "{key}: {down}");
        assert!(broken.is_retry() && !broken.left_undone(), "{key}: {broken}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_sent_again_keeps_its_number_at_the_party() {
    for (key, channel) in KEYS {
        let stage = stage(key);

        let first = sent(&stage, &to("0900000009", channel)).await.unwrap();
        let second = sent(&stage, &to("0900000009", channel)).await.unwrap();

        let texts = stage.received().await["texts"].clone();
        assert_eq!(first, second, "{key}");
        assert_eq!((texts.as_array().unwrap().len(), &texts[0]["copies"]), (1, &json!(2)), "{key}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_zalo_has_forgotten_is_renewed_once_and_its_successor_kept() {
    let file = std::env::temp_dir().join(format!("motcua-zalo-{}.json", std::process::id()));
    let stage = stage_with("zalo_zns", json!({"token_file": file}));
    sent(&stage, &to("0900000009", NoticeChannel::Zalo)).await.unwrap();
    stage.magic("token_expired").await;

    sent(&stage, &to("0900000009", NoticeChannel::Zalo)).await.unwrap();

    let kept = std::fs::read_to_string(&file).unwrap();
    assert_eq!(kept, json!({"refresh_token": "lam-moi-000002"}).to_string());
    std::fs::remove_file(&file).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_do_not_travel_where_templates_do_nor_the_other_way_round() {
    for ((key, _), (_, other)) in KEYS.into_iter().zip(KEYS.into_iter().rev()) {
        let stage = stage(key);

        assert!(!sent(&stage, &to("0900000009", other)).await.unwrap_err().is_retry(), "{key}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_may_want_forms_and_national_numbers() {
    let changed = json!({"method": "post_form", "phone": "national", "url": "http://127.0.0.1:9/nowhere"});
    let stage = stage_with("sms_gateway", changed);

    let failure = sent(&stage, &to("0900000009", NoticeChannel::Sms)).await.unwrap_err();

    assert_eq!(failure.to_string(), "the text message gateway cannot be reached");
    assert!(failure.left_undone());
}

fn gateway_receipt(header: &str, body: &[u8]) -> Result<Vec<Receipt>, Rejected> {
    let headers = BTreeMap::from([("x-receipt-key".to_owned(), header.to_owned())]);
    let stage = tokio::task::block_in_place(|| stage("sms_gateway"));
    carrier(&stage.connector).receipts(&Heard { headers: &headers, body })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn receipts_of_a_gateway_are_believed_under_its_secret_alone() {
    let secret = sandbox::RECEIPT_SECRET;
    let good = json!({"messageId": "TN000001", "requestId": "x", "status": "failed"}).to_string();

    let read = gateway_receipt(secret, good.as_bytes()).unwrap();

    assert_eq!(read[0].party_ref.as_deref(), Some("TN000001"));
    assert!(read[0].undelivered.is_some());
    let nothing_yet = json!([{"messageId": "TN000001", "status": "queued"}]).to_string();
    assert_eq!(gateway_receipt(secret, nothing_yet.as_bytes()), Ok(Vec::new()));
    for header in ["", "sai", secret.strip_prefix(|_: char| true).unwrap(), &format!("{secret}x")] {
        assert_eq!(gateway_receipt(header, good.as_bytes()), Err(Rejected::Stranger), "{header}");
    }
    let cut = &good.as_bytes()[..good.len() - 3];
    for body in [cut, b"", b"\xff\xfe", b"[1]", b"{}", b"\"x\"", b"{\"status\":\"failed\"}"] {
        assert_eq!(gateway_receipt(secret, body), Err(Rejected::Unreadable), "{body:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn receipts_of_zalo_are_believed_under_its_signature_alone() {
    let stage = stage("zalo_zns");
    let body = json!({
        "app_id": sandbox::APP, "event_name": "user_received_message", "timestamp": "1",
        "message": {"msg_id": "TN000001", "tracking_id": "018fc0de-7000-7abc-8def-0123456789ab"},
    })
    .to_string();
    let mac = |body: &str| {
        hex::encode(Sha256::digest(format!("{}{body}1{}", sandbox::APP, sandbox::WEBHOOK_SECRET)))
    };
    let read = |header: &str, body: &str| {
        let headers = BTreeMap::from([("x-zevent-signature".to_owned(), header.to_owned())]);
        carrier(&stage.connector).receipts(&Heard { headers: &headers, body: body.as_bytes() })
    };

    let good = read(&format!("mac={}", mac(&body)), &body).unwrap();

    assert_eq!(good[0].key, samples::text(NoticeChannel::Zalo).map(|text| text.key));
    assert_eq!(good[0].undelivered, None);
    let forged = body.replace("TN000001", "TN000002");
    for (header, body) in [("", &body), ("mac=", &body), (mac(&body).as_str(), &forged)] {
        assert_eq!(read(header, body), Err(Rejected::Stranger), "{header}");
    }
    let other = body.replace("user_received_message", "follow");
    assert_eq!(read(&mac(&other), &other), Ok(Vec::new()));
}
