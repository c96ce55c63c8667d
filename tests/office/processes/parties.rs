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
    fn start(key: &'static str, clock: &Clock, late: Duration) -> Self {
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

    /// Everything it received.
    pub async fn received(&self) -> Value {
        let url = format!("{}/__received", self.running.page_url);
        self.client.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// Says what it does next.
    pub async fn magic(&self, next: &str) {
        let url = format!("{}/__magic", self.running.page_url);
        let told = self.client.post(url).json(&json!({ "next": next })).send().await.unwrap();
        assert!(told.status().is_success(), "{next}");
    }
}
