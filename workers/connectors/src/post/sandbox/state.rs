//! What the twin of the carrier remembers.

use super::STATES;
use crate::{loose_json::text, notebook::Notebook};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

pub(super) struct Carrier {
    pub(super) notebook: Notebook,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    /// Seconds when the twin started: keys of a later run sort after those of an earlier one, as the real ones do.
    started: i64,
    tokens: Vec<String>,
    given: u64,
    orders: BTreeMap<String, Value>,
    events: Vec<Value>,
}

impl Carrier {
    pub(super) fn new(late: Duration, started: DateTime<Utc>) -> Self {
        let inside = Inside { started: started.timestamp(), ..Inside::default() };
        Self { notebook: Notebook::new(late), inside: Mutex::new(inside) }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn orders(&self) -> BTreeMap<String, Value> {
        self.inside().orders.clone()
    }

    pub(super) fn events(&self) -> Vec<Value> {
        self.inside().events.clone()
    }

    pub(super) fn give_token(&self) -> String {
        let mut inside = self.inside();
        inside.given = inside.given.saturating_add(1);
        let token = format!("the-{:06}", inside.given);
        inside.tokens.push(token.clone());
        token
    }

    pub(super) fn knows_token(&self, token: &str) -> bool {
        self.inside().tokens.iter().any(|known| known == token)
    }

    pub(super) fn forget_tokens(&self) {
        self.inside().tokens.clear();
    }

    /// Keeps a new order; false when there is one of this number.
    pub(super) fn keep(&self, order: &Value) -> bool {
        let number = text(order, "OrderNumber");
        let mut inside = self.inside();
        if inside.orders.contains_key(&number) {
            return false;
        }
        inside.orders.insert(number.clone(), order.clone());
        inside.happen(&number, "created");
        true
    }

    /// Moves a parcel; false when there is no such order or state.
    pub(super) fn advance(&self, number: &str, to: &str) -> bool {
        let mut inside = self.inside();
        inside.orders.contains_key(number) && inside.happen(number, to)
    }

    /// At most `size` events after the one of this key, oldest first.
    pub(super) fn events_after(&self, last: &str, size: usize) -> Vec<Value> {
        let inside = self.inside();
        let later =
            |event: &&Value| event.pointer("/_id/$oid").and_then(Value::as_str).is_some_and(|id| id > last);
        inside.events.iter().filter(later).take(size).cloned().collect()
    }
}

impl Inside {
    fn happen(&mut self, number: &str, to: &str) -> bool {
        let Some((code, _, words)) = STATES.iter().find(|(code, name, _)| *name == to || *code == to) else {
            return false;
        };
        let words = format!("{words}{}", self.orders.get(number).map(echo).unwrap_or_default());
        let id = format!("{:08x}{:016x}", self.started, self.events.len().saturating_add(1));
        self.events.push(json!({
            "_id": {"$oid": id}, "OrderNumber": number, "StatusCode": code, "StatusMessage": words,
        }));
        true
    }
}

/// The receiver once more, where the name asks for it.
pub(super) fn echo(order: &Value) -> String {
    let told = ["ReceiverName", "ReceiverTel", "ReceiverAddress"].map(|field| text(order, field)).join(", ");
    if told.contains("[echoes]") { format!(" {told}") } else { String::new() }
}
