//! What the twin of the platform remembers, and what a payer's move does to a payment.

use super::{
    MAGIC,
    payment::{Payment, State},
    speech,
};
use crate::{
    notebook::Notebook,
    sandbox::{Clock, StandIn},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

pub(super) struct Platform {
    pub(super) notebook: Notebook,
    pub(super) base: String,
    clock: Clock,
    client: reqwest::Client,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    callback_url: Option<String>,
    payments: BTreeMap<String, Payment>,
}

impl Platform {
    pub(super) fn new(stand_in: &StandIn) -> io::Result<Self> {
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(10));
        Ok(Self {
            notebook: Notebook::new(stand_in.late),
            base: format!("http://{}", stand_in.listener.local_addr()?),
            clock: Arc::clone(&stand_in.clock),
            client: client.build().map_err(io::Error::other)?,
            inside: Mutex::new(Inside { callback_url: stand_in.callback_url.clone(), ..Inside::default() }),
        })
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn now(&self) -> String {
        crate::trip::stamp((self.clock)())
    }

    pub(super) fn payments(&self) -> Vec<Payment> {
        self.inside().payments.values().cloned().collect()
    }

    pub(super) fn payment(&self, reference: &str) -> Option<Payment> {
        self.inside().payments.get(reference).cloned()
    }

    pub(super) fn callback_url(&self) -> Option<String> {
        self.inside().callback_url.clone()
    }

    pub(super) fn call_back_at(&self, url: String) {
        self.inside().callback_url = Some(url);
    }

    /// Keeps a new payment, or finds the one of this reference; `None` when that one is about another sum.
    pub(super) fn open(&self, reference: &str, amount: i64, description: &str) -> Option<bool> {
        let mut inside = self.inside();
        if let Some(held) = inside.payments.get(reference) {
            return (held.amount == amount).then_some(false);
        }
        let payment = Payment {
            reference: reference.to_owned(),
            amount,
            description: description.to_owned(),
            state: State::Waiting,
            transaction: String::new(),
            ended_at: String::new(),
            callbacks: Vec::new(),
        };
        inside.payments.insert(reference.to_owned(), payment);
        Some(true)
    }

    /// The magic that a new payment meets without a person: set beforehand, or told by its sum.
    pub(super) fn fate(&self, amount: i64) -> Option<String> {
        let by_sum = usize::try_from(amount % 1000).ok().and_then(|rest| MAGIC.get(rest.checked_sub(1)?));
        self.notebook.take(&MAGIC).or_else(|| by_sum.map(|name| (*name).to_owned()))
    }

    /// Plays a payer's move and calls back; gives what the province answered to each callback.
    pub(super) async fn play(&self, reference: &str, magic: &str) -> Option<Vec<Value>> {
        let payment = self.ended(reference, magic)?;
        let message = speech::confirm(&payment, magic, &self.now());
        if magic == "late" {
            tokio::time::sleep(self.notebook.late()).await;
        }
        let mut answers = Vec::new();
        for _ in 0..if magic == "pays_twice" { 2 } else { 1 } {
            answers.push(self.call_back(&message).await);
        }
        if let Some(held) = self.inside().payments.get_mut(reference) {
            held.callbacks.extend(answers.iter().cloned());
        }
        Some(answers)
    }

    // The first end stays: a payment that is paid is told again as it was.
    fn ended(&self, reference: &str, magic: &str) -> Option<Payment> {
        let now = self.now();
        let mut inside = self.inside();
        let count = inside.payments.values().filter(|payment| !payment.transaction.is_empty()).count();
        let payment = inside.payments.get_mut(reference)?;
        if payment.state == State::Waiting && magic != "forged" {
            payment.state = if magic == "refuses" { State::Failed } else { State::Paid };
            // With its moment, so that a twin started again gives no number twice, as the real platform does not.
            payment.transaction = format!("GD{now}{:04}", count.saturating_add(1));
            payment.ended_at = now;
        }
        Some(payment.clone())
    }

    async fn call_back(&self, message: &Value) -> Value {
        let Some(url) = self.callback_url() else {
            return json!({"sent": message, "trouble": "no callback address is set"});
        };
        match self.client.post(url).json(message).send().await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                let text = answer.text().await.unwrap_or_default();
                let said = serde_json::from_str(&text).unwrap_or(Value::from(text));
                json!({"sent": message, "status": status, "answer": said})
            }
            Err(error) => json!({"sent": message, "trouble": error.to_string()}),
        }
    }
}
