//! What the twin of a platform remembers, and what a payer's move does to a payment.

use super::{
    MAGIC, Voice,
    payment::{Payment, State},
    told::{Spoken, Told},
};
use crate::{
    loose_json::text,
    notebook::Notebook,
    sandbox::{Clock, StandIn},
    way_out::indoors,
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

pub(crate) struct Till {
    pub(crate) notebook: Notebook,
    pub(crate) base: String,
    voice: Voice,
    clock: Clock,
    client: reqwest::Client,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    callback_url: Option<String>,
    payments: BTreeMap<String, Payment>,
}

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    New,
    Known,
    /// The reference was used for another sum.
    Taken,
}

impl Till {
    pub(super) fn new(stand_in: &StandIn, voice: Voice) -> io::Result<Self> {
        Ok(Self {
            notebook: Notebook::new(stand_in.late),
            base: format!("http://{}", stand_in.listener.local_addr()?),
            voice,
            clock: Arc::clone(&stand_in.clock),
            client: indoors(Duration::from_secs(10)).map_err(io::Error::other)?,
            inside: Mutex::new(Inside { callback_url: stand_in.callback_url.clone(), ..Inside::default() }),
        })
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    pub(super) fn payments(&self) -> Vec<Payment> {
        self.inside().payments.values().cloned().collect()
    }

    pub(crate) fn payment(&self, reference: &str) -> Option<Payment> {
        self.inside().payments.get(reference).cloned()
    }

    pub(super) fn callback_url(&self) -> Option<String> {
        self.inside().callback_url.clone()
    }

    pub(super) fn call_back_at(&self, url: String) {
        self.inside().callback_url = Some(url);
    }

    /// The page where a payment is made.
    pub(crate) fn pay_url(&self, reference: &str) -> String {
        format!("{}/pay/{reference}", self.base)
    }

    /// Keeps a new payment, or finds the one of this reference. A new one may meet its fate at once.
    pub(crate) fn open(self: &Arc<Self>, reference: &str, amount: i64, description: &str) -> Opening {
        {
            let mut inside = self.inside();
            if let Some(held) = inside.payments.get(reference) {
                return if held.amount == amount { Opening::Known } else { Opening::Taken };
            }
            let payment = Payment {
                reference: reference.to_owned(),
                amount,
                description: description.to_owned(),
                state: State::Waiting,
                transaction: String::new(),
                ended_at: None,
                refunds: Vec::new(),
                callbacks: Vec::new(),
            };
            inside.payments.insert(reference.to_owned(), payment);
        }
        // The payer moves on their own time, after the order is answered.
        if let Some(magic) = self.fate(amount) {
            let (till, reference) = (Arc::clone(self), reference.to_owned());
            tokio::spawn(async move { till.play(&reference, &magic).await });
        }
        Opening::New
    }

    // The magic that a new payment meets without a person: set beforehand, or told by its sum.
    fn fate(&self, amount: i64) -> Option<String> {
        let by_sum = usize::try_from(amount % 1000).ok().and_then(|rest| MAGIC.get(rest.checked_sub(1)?));
        self.notebook.take(&MAGIC).or_else(|| by_sum.map(|name| (*name).to_owned()))
    }

    /// Keeps a refund beside its payment; gives how many there are now.
    pub(crate) fn refund(&self, reference: &str, refund: Value) -> usize {
        let mut inside = self.inside();
        let Some(payment) = inside.payments.get_mut(reference) else {
            return 0;
        };
        payment.refunds.push(refund);
        payment.refunds.len()
    }

    /// Plays a payer's move and calls back; gives what the province answered to each callback.
    pub(super) async fn play(&self, reference: &str, magic: &str) -> Option<Vec<Value>> {
        let mut answers = Vec::new();
        let before = self.payment(reference)?;
        if let Some(enquiry) =
            self.voice.enquiry.filter(|_| before.state == State::Waiting && moves_money(magic))
        {
            let asked = self.call_back(&enquiry(&of(&before, magic, self.now()))).await;
            let may = asked.get("answer").is_some_and(|answer| text(answer, "error_code") == "00");
            answers.push(asked);
            if !may {
                return Some(self.keep(reference, answers));
            }
        }
        let payment = self.ended(reference, magic)?;
        let news = (self.voice.news)(&of(&payment, magic, self.now()));
        if magic == "late" {
            tokio::time::sleep(self.notebook.late()).await;
        }
        for _ in 0..if magic == "pays_twice" { 2 } else { 1 } {
            answers.push(self.call_back(&news).await);
        }
        Some(self.keep(reference, answers))
    }

    fn keep(&self, reference: &str, answers: Vec<Value>) -> Vec<Value> {
        if let Some(held) = self.inside().payments.get_mut(reference) {
            held.callbacks.extend(answers.iter().cloned());
        }
        answers
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
            payment.transaction = format!("GD{}{:04}", crate::trip::stamp(now), count.saturating_add(1));
            payment.ended_at = Some(now);
        }
        Some(payment.clone())
    }

    async fn call_back(&self, said: &Spoken) -> Value {
        let sent = String::from_utf8_lossy(&said.body()).into_owned();
        let sent: Value = serde_json::from_str(&sent).unwrap_or(Value::from(sent));
        let Some(url) = self.callback_url() else {
            return json!({"sent": sent, "trouble": "no callback address is set"});
        };
        let request = self.client.post(url).header("content-type", said.media_type()).body(said.body());
        match request.send().await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                let text = answer.text().await.unwrap_or_default();
                let heard = serde_json::from_str(&text).unwrap_or(Value::from(text));
                json!({"sent": sent, "status": status, "answer": heard})
            }
            Err(error) => json!({"sent": sent, "trouble": error.to_string()}),
        }
    }
}

fn moves_money(magic: &str) -> bool {
    !matches!(magic, "refuses" | "forged")
}

/// The news of a payment, bent as the magic says.
fn of<'a>(payment: &'a Payment, magic: &str, now: DateTime<Utc>) -> Told<'a> {
    let at = payment.ended_at.unwrap_or(now);
    let told = Told {
        paid: payment.state == State::Paid,
        description: &payment.description,
        ..Told::of(&payment.reference, payment.amount, &payment.transaction, at)
    };
    match magic {
        "wrong_amount" if payment.amount > 1000 => {
            Told { amount: payment.amount.saturating_sub(1000), ..told }
        }
        "wrong_amount" => Told { amount: payment.amount.saturating_add(1000), ..told },
        "forged" => Told { paid: true, transaction_id: "GD999999", secret: "khoa-cua-ke-gia-mao", ..told },
        _ => told,
    }
}
