//! What carriers tell by themselves, as their twins send it, compared with the files under `tests/golden`, and read.

use crate::{
    golden::compare,
    stage::{Stage, patient, trip},
};
use connectors::{
    contract::{perform, samples},
    post::TrackingState,
    registry::Connector,
    text::Heard,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

// (connector, file)
pub(crate) const TOLD: [(&str, &str); 3] = [
    ("sms_gateway", "text_sms_receipt"),
    ("zalo_zns", "text_zalo_receipt"),
    ("viettel_post", "viettel_post_event"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_carriers_of_texts_tell_is_golden_and_read() {
    for (key, file) in &TOLD[..2] {
        let stage = patient(key);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/told", listener.local_addr().unwrap());
        stage.post("/__callback", json!({"url": url})).await;

        perform(&stage.connector, "send", &trip()).await.unwrap();

        let (headers, body) = heard(&listener).await;
        let Connector::Text(carrier) = &stage.connector else { unreachable!() };
        let read = carrier.receipts(&Heard { headers: &headers, body: &body }).unwrap();
        assert_eq!((read.len(), &read[0].undelivered), (1, &None), "{key}");
        assert_eq!(compare(file, &serde_json::from_slice(&body).unwrap()), None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_carrier_of_parcels_tells_is_golden_and_read() {
    let (key, file) = TOLD[2];
    let stage: Stage = patient(key);
    perform(&stage.connector, "order", &trip()).await.unwrap();

    let told: Value = stage.post(&format!("/__advance/{}", samples::CODE), json!({"to": "in_transit"})).await;

    let Connector::Post(carrier) = &stage.connector else { unreachable!() };
    let events = carrier.read_event(told.to_string().as_bytes(), &BTreeMap::new()).unwrap();
    assert_eq!((events.len(), events[0].state), (1, TrackingState::InTransit));
    assert_eq!(compare(file, &told), None);
}

/// The next call at our door: its headers in lower case, and its body.
async fn heard(listener: &TcpListener) -> (BTreeMap<String, String>, Vec<u8>) {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut all = Vec::new();
    loop {
        let mut part = [0; 4_096];
        let count = stream.read(&mut part).await.unwrap();
        all.extend_from_slice(&part[..count]);
        let Some(end) = all.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let lines = String::from_utf8(all[..end].to_vec()).unwrap();
        let pairs = lines.lines().filter_map(|line| line.split_once(": "));
        let headers: BTreeMap<_, _> = pairs.map(|(n, v)| (n.to_lowercase(), v.to_owned())).collect();
        let body = all[end + 4..].to_vec();
        if body.len() >= headers["content-length"].parse::<usize>().unwrap() {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
            return (headers, body);
        }
    }
}
