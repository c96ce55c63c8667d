//! What both twins remember: the messages by our key, what is to become of them, and where receipts go.

use crate::{
    notebook::Notebook,
    sandbox::{Clock, StandIn},
    way_out::indoors,
};
use actix_web::{HttpResponse, web};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

pub(super) struct Phones {
    pub(super) notebook: Notebook,
    clock: Clock,
    client: reqwest::Client,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    texts: BTreeMap<String, Value>,
    order: Vec<String>,
    put_off: BTreeSet<String>,
    callback_url: Option<String>,
    receipts: Vec<Value>,
    tokens: Vec<String>,
    given: u64,
}

/// What becomes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Refused,
    PutOff,
    Late,
    Undelivered,
    Delivered,
}

/// A message as the twin heard it.
pub(super) struct Heard {
    pub(super) key: String,
    pub(super) phone: String,
    pub(super) said: Value,
}

impl Phones {
    pub(super) fn new(stand_in: &StandIn) -> io::Result<Self> {
        let client = indoors(Duration::from_secs(10));
        let inside = Inside { callback_url: stand_in.callback_url.clone(), ..Inside::default() };
        Ok(Self {
            notebook: Notebook::new(stand_in.late),
            clock: Arc::clone(&stand_in.clock),
            client: client.map_err(io::Error::other)?,
            inside: Mutex::new(inside),
        })
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn holdings(&self) -> Value {
        let inside = self.inside();
        let texts: Vec<&Value> = inside.order.iter().filter_map(|key| inside.texts.get(key)).collect();
        json!({"texts": texts, "receipts": inside.receipts, "callback_url": inside.callback_url})
    }

    pub(super) fn call_back_at(&self, url: &str) {
        self.inside().callback_url = Some(url.to_owned());
    }

    pub(super) fn give_token(&self) -> u64 {
        let mut inside = self.inside();
        inside.given = inside.given.saturating_add(1);
        let given = inside.given;
        inside.tokens.push(format!("the-{given:06}"));
        given
    }

    pub(super) fn knows_token(&self, token: &str) -> bool {
        self.inside().tokens.iter().any(|known| known == token)
    }

    pub(super) fn forget_tokens(&self) {
        self.inside().tokens.clear();
    }

    /// Keeps the message, once for a key, and tells what becomes of it and under which number.
    pub(super) fn take(&self, heard: &Heard) -> (Fate, String) {
        let refuses = self.notebook.take(&["refuses"]).is_some();
        let at = (self.clock)();
        let mut inside = self.inside();
        let fate = match () {
            () if refuses || heard.phone.ends_with("001") => Fate::Refused,
            () if heard.phone.ends_with("002") && inside.put_off.insert(heard.key.clone()) => Fate::PutOff,
            () if heard.phone.ends_with("003") => Fate::Late,
            () if heard.phone.ends_with("004") => Fate::Undelivered,
            () => Fate::Delivered,
        };
        if matches!(fate, Fate::Refused | Fate::PutOff) {
            return (fate, String::new());
        }
        let number = format!("TN{:06}", inside.order.len().saturating_add(1));
        if let Some(known) = inside.texts.get_mut(&heard.key) {
            let copies = known.get("copies").and_then(Value::as_u64).unwrap_or(1).saturating_add(1);
            if let Some(member) = known.get_mut("copies") {
                *member = json!(copies);
            }
            let number = known.get("number").and_then(Value::as_str).unwrap_or_default().to_owned();
            return (fate, number);
        }
        let text = json!({
            "key": heard.key, "number": number, "phone": heard.phone, "said": heard.said,
            "received_at": at.to_rfc3339(), "copies": 1,
        });
        inside.order.push(heard.key.clone());
        inside.texts.insert(heard.key.clone(), text);
        (fate, number)
    }

    /// Tells the office what became of a message, some times over while it does not know the number yet.
    pub(super) async fn call_back(&self, header: (&'static str, String), body: String) {
        let Some(url) = self.inside().callback_url.clone() else { return };
        for wait in [50, 100, 200, 400, 800, 1_600] {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            let request = self.client.post(&url).header(header.0, &header.1).body(body.clone());
            let status = match request.header("content-type", "application/json").send().await {
                Ok(answer) => answer.status().as_u16(),
                Err(_) => 0,
            };
            self.inside().receipts.push(json!({"sent": body, "status": status}));
            if ![0, 404].contains(&status) {
                return;
            }
        }
    }
}

/// `{"url": "…"}`: where receipts go.
pub(super) async fn callback(phones: web::Data<Phones>, body: web::Json<Value>) -> HttpResponse {
    let url = body.get("url").and_then(Value::as_str).unwrap_or_default();
    phones.call_back_at(url);
    HttpResponse::Ok().json(json!({"url": url}))
}
