//! Twins of the outside parties, running inside the test and speaking the real wires.

use connectors::registry::{Connector, find};
use connectors::sandbox::{Running, StandIn};
use connectors::wire::Wire;
use entities::clock::Clock;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

/// The portal, the mailbox, the post and the payment platform.
pub struct Parties {
    pub portal: Party,
    pub mail: Party,
    pub post: Party,
    pub payment: Party,
}

impl Parties {
    /// `late` is how long a slow answer takes.
    pub fn start(clock: &Clock, late: Duration) -> Self {
        let party = |key| Party::start(key, clock, late);
        Self {
            portal: party("dvcqg"),
            mail: party("smtp"),
            post: party("vnpost_hcc"),
            payment: party("national_platform"),
        }
    }

    /// `[connectors]`.
    pub fn settings(&self) -> Value {
        let each = [&self.portal, &self.mail, &self.post, &self.payment];
        each.into_iter().map(|party| (party.key.to_owned(), party.settings())).collect()
    }
}

/// One twin and the way to look into it.
pub struct Party {
    pub key: &'static str,
    running: Running,
    client: reqwest::Client,
}

impl Party {
    /// `late` is how long a slow answer takes.
    pub fn start(key: &'static str, clock: &Clock, late: Duration) -> Self {
        let clock = clock.clone();
        let stand_in = StandIn {
            listener: TcpListener::bind("127.0.0.1:0").unwrap(),
            clock: Arc::new(move || clock.now()),
            callback_url: None,
            late,
            page: None,
        };
        let running = (find(key).unwrap().sandbox.unwrap())(stand_in).unwrap();
        Self { key, running, client: reqwest::Client::builder().no_proxy().build().unwrap() }
    }

    pub fn settings(&self) -> Value {
        (find(self.key).unwrap().example)(&self.running.url)
    }

    /// The real adapter that speaks to this twin.
    pub fn connector(&self) -> Connector {
        (find(self.key).unwrap().build)(self.settings(), Wire::default()).unwrap()
    }

    /// Address of its wire.
    pub fn url(&self) -> &str {
        &self.running.url
    }

    /// Everything it received.
    pub async fn received(&self) -> Value {
        let url = format!("{}/__received", self.running.page_url);
        self.client.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// Presses a button of its page.
    pub async fn press(&self, path: &str, body: &Value) -> Value {
        let request = self.client.post(format!("{}{path}", self.running.page_url)).json(body);
        let told = request.header("accept", "application/json").send().await.unwrap();
        assert!(told.status().is_success(), "{path}: {}", told.status());
        told.json().await.unwrap_or_default()
    }

    /// Says what it does next.
    pub async fn magic(&self, next: &str) {
        self.press("/__magic", &json!({ "next": next })).await;
    }
}
