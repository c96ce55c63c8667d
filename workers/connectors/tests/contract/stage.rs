//! A sandbox on a free port with a frozen clock, and the connector that speaks to it with tiny time limits.

use chrono::{DateTime, Utc};
use connectors::wire::Wire;
use connectors::{
    recording::Recording,
    registry::{Connector, Entry, Kind, find},
    sandbox::{Running, StandIn},
    trip::{Trip, read_stamp},
};
use serde_json::{Value, json};
use std::{net::TcpListener, sync::Arc, time::Duration};

/// The instant of every test: 29 May 2024, 15:00 in Vietnam.
pub(crate) fn afternoon() -> DateTime<Utc> {
    read_stamp("20240529150000").unwrap()
}

pub(crate) fn trip() -> Trip {
    Trip::at(afternoon())
}

pub(crate) struct Stage {
    pub(crate) connector: Connector,
    /// The same with a time limit that a slow answer misses.
    pub(crate) hasty: Connector,
    pub(crate) calls: Recording,
    pub(crate) party: Running,
    client: reqwest::Client,
}

/// A connector before its sandbox.
pub(crate) fn stage(key: &str) -> Stage {
    stage_with(key, json!({}))
}

/// A connector that waits for a busy machine, where no test is about the time.
pub(crate) fn patient(key: &str) -> Stage {
    match find(key).unwrap().kind {
        Kind::Mail | Kind::Scanner => stage(key),
        _ => {
            let limits = json!({"connect_ms": 10_000, "answer_ms": 10_000, "answer_bytes": 65_536, "allow_private": true});
            stage_with(key, json!({"limits": limits}))
        }
    }
}

/// The same with some settings changed.
pub(crate) fn stage_with(key: &str, changed: Value) -> Stage {
    let entry = find(key).unwrap();
    let party = start(entry);
    let calls = Recording::default();
    let patient = settings(entry, &party.url, 20_000, &changed);
    let connector = (entry.build)(patient, Wire::recorded(calls.clone())).unwrap();
    let hasty = (entry.build)(settings(entry, &party.url, 400, &changed), Wire::default()).unwrap();
    Stage { connector, hasty, calls, party, client: client() }
}

pub(crate) fn start(entry: &Entry) -> Running {
    let stand_in = StandIn {
        listener: TcpListener::bind("127.0.0.1:0").unwrap(),
        clock: Arc::new(afternoon),
        callback_url: None,
        late: Duration::from_millis(4_000),
        page: None,
    };
    (entry.sandbox.unwrap())(stand_in).unwrap()
}

/// The example settings with small limits.
pub(crate) fn settings(entry: &Entry, url: &str, answer_ms: u64, changed: &Value) -> Value {
    let at = match entry.kind {
        Kind::Scanner => url.replacen("http:", "tcp:", 1),
        _ => url.to_owned(),
    };
    let mut settings = (entry.example)(&at);
    let all = settings.as_object_mut().unwrap();
    match entry.kind {
        Kind::Mail | Kind::Scanner => all.insert("answer_ms".to_owned(), json!(answer_ms)),
        _ => all.insert(
            "limits".to_owned(),
            json!({"connect_ms": 300, "answer_ms": 300, "answer_bytes": 65536, "allow_private": true}),
        ),
    };
    if entry.kind == Kind::Portal {
        all.insert("files".to_owned(), json!({"answer_ms": answer_ms, "answer_bytes": 65536}));
    }
    all.extend(changed.as_object().unwrap().clone());
    settings
}

impl Stage {
    /// What the sandbox shows at `/__received`.
    pub(crate) async fn received(&self) -> Value {
        let url = format!("{}/__received", self.party.page_url);
        self.client.get(url).send().await.unwrap().json().await.unwrap()
    }

    pub(crate) async fn magic(&self, next: &str) {
        let said = self.post("/__magic", json!({"next": next})).await;
        assert_eq!(said["next"], next, "{said}");
    }

    /// POST of JSON to the sandbox, past its wire.
    pub(crate) async fn post(&self, path: &str, body: Value) -> Value {
        let request = self.client.post(format!("{}{path}", self.party.page_url)).json(&body);
        let answer = request.header("accept", "application/json").send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// The bodies of the requests on a path, as the sandbox saw them.
    pub(crate) async fn bodies(&self, path: &str) -> Vec<Value> {
        let all = self.received().await;
        let of_path = all["requests"].as_array().unwrap().iter().filter(|request| request["path"] == path);
        of_path.map(|request| request["body"].clone()).collect()
    }
}

pub(crate) fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}
