//! An office whose portal and mail server are twins on lines of their own.

use crate::support::clock::standing;
use crate::support::house::{ADMINISTRATOR, House, json};
use connectors::registry::find;
use connectors::sandbox::{Running, StandIn};
use connectors::wires::Wires;
use entities::clock::Clock;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

/// The office and its twins.
pub struct Stage {
    pub house: House,
    pub portal: Running,
    _mail: Running,
}

impl Stage {
    /// With the portal called as carefully as `line` says.
    pub async fn open(line: Value) -> Self {
        let (portal, mail) = (twin("dvcqg"), twin("smtp"));
        let mut wires = Wires::default();
        let mut section = (find("dvcqg").unwrap().example)(&portal.url);
        section["line"] = line;
        wires.set_up(find("dvcqg").unwrap(), &section).unwrap();
        let smtp = find("smtp").unwrap();
        wires.set_up(smtp, &(smtp.example)(&mail.url)).unwrap();
        Self { house: House::open_with(wires).await, portal, _mail: mail }
    }

    pub async fn read(&self, path: &str) -> Value {
        json(self.house.read_as(ADMINISTRATOR, path).await, 200).await
    }

    /// The administrator says a state, having seen a version.
    pub async fn say(&self, path: &str, state: &str, seen: i32) -> Response {
        let request = self.house.ask_as(ADMINISTRATOR, Method::PUT, path);
        let body = json!({"state": state, "reason": "Kế hoạch số 12/KH-UBND"});
        request.header("if-match", format!("\"{seen}\"")).json(&body).send().await.unwrap()
    }

    /// The administrator tries a connector.
    pub async fn try_out(&self, key: &str) -> Value {
        let path = format!("/v1/admin/connectors/{key}/trial");
        json(self.house.ask_as(ADMINISTRATOR, Method::POST, &path).send().await.unwrap(), 200).await
    }

    /// Says what the portal does next.
    pub async fn portal_does(&self, next: &str) {
        let url = format!("{}/__magic", self.portal.page_url);
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        assert!(client.post(url).json(&json!({"next": next})).send().await.unwrap().status().is_success());
    }
}

pub fn twin(key: &str) -> Running {
    let clock: Clock = standing();
    let stand_in = StandIn {
        listener: TcpListener::bind("127.0.0.1:0").unwrap(),
        clock: Arc::new(move || clock.now()),
        callback_url: None,
        late: Duration::ZERO,
        page: None,
    };
    (find(key).unwrap().sandbox.unwrap())(stand_in).unwrap()
}
