//! What the twin of the portal remembers; one memory for all the ways it is asked.

use crate::{
    loose_json::text,
    notebook::Notebook,
    sandbox::{Clock, StandIn},
    way_out::indoors,
};
use serde::Serialize;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

pub(super) struct Portal {
    pub(super) notebook: Notebook,
    pub(super) client: reqwest::Client,
    clock: Clock,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    sessions: Vec<String>,
    given: u64,
    pushed: u64,
    published_anew: bool,
    callback_url: Option<String>,
    dossiers: BTreeMap<String, Held>,
    kept: BTreeMap<&'static str, Vec<Value>>,
}

/// One dossier as the portal holds it.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Held {
    /// The record as last told.
    pub(super) record: Value,
    /// The statuses in the order they were told.
    pub(super) trail: Vec<String>,
    /// How often a record was taken.
    pushes: u64,
    /// The progress lines in the order they came.
    pub(super) progress: Vec<Value>,
}

impl Portal {
    pub(super) fn new(stand_in: &StandIn) -> io::Result<Self> {
        let inside = Inside { callback_url: stand_in.callback_url.clone(), ..Inside::default() };
        Ok(Self {
            notebook: Notebook::new(stand_in.late),
            client: indoors(Duration::from_secs(10)).map_err(io::Error::other)?,
            clock: Arc::clone(&stand_in.clock),
            inside: Mutex::new(inside),
        })
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn now(&self) -> String {
        crate::trip::stamp((self.clock)())
    }

    /// Everything, as the page and `/__received` show it.
    pub(super) fn shown(&self) -> Value {
        let inside = self.inside();
        json!({"desk": "/dossiers", "dossiers": inside.dossiers, "kept": inside.kept, "callback_url": inside.callback_url})
    }

    pub(super) fn dossiers(&self) -> BTreeMap<String, Held> {
        self.inside().dossiers.clone()
    }

    pub(super) fn give_session(&self) -> String {
        let mut inside = self.inside();
        inside.given = inside.given.saturating_add(1);
        let session = format!("phien-{:06}", inside.given);
        inside.sessions.push(session.clone());
        session
    }

    pub(super) fn knows_session(&self, session: &str) -> bool {
        self.inside().sessions.iter().any(|known| known == session)
    }

    pub(super) fn forget_sessions(&self) {
        self.inside().sessions.clear();
    }

    pub(super) fn holds(&self, code: &str) -> Option<Value> {
        self.inside().dossiers.get(code).map(|held| held.record.clone())
    }

    pub(super) fn keep(&self, record: &Value) {
        let mut inside = self.inside();
        let held = inside.dossiers.entry(text(record, "MaHoSo")).or_default();
        held.trail.push(text(record, "TrangThaiHoSo"));
        held.record = record.clone();
        held.pushes = held.pushes.saturating_add(1);
    }

    /// Adds a line to a dossier's progress once; a line that is there already stays where it is.
    pub(super) fn add_progress(&self, line: &Value) -> bool {
        let mut inside = self.inside();
        let Some(held) = inside.dossiers.get_mut(&text(line, "MaHoSo")) else {
            return false;
        };
        if !held.progress.contains(line) {
            held.progress.push(line.clone());
        }
        true
    }

    /// Drops a dossier, as if it had never come.
    pub(super) fn forget(&self, code: &str) -> bool {
        self.inside().dossiers.remove(code).is_some()
    }

    /// Changes the status of a dossier behind the province's back.
    pub(super) fn drift(&self, code: &str) -> bool {
        let mut inside = self.inside();
        let status = inside.dossiers.get_mut(code).and_then(|held| held.record.get_mut("TrangThaiHoSo"));
        status.is_some_and(|status| {
            *status = json!(if *status == "8" { "4" } else { "8" });
            true
        })
    }

    /// Keeps what was told of other things than records, under a name; the same thing once.
    pub(super) fn keep_as(&self, name: &'static str, items: &[Value]) {
        let mut inside = self.inside();
        let kept = inside.kept.entry(name).or_default();
        for item in items {
            if !kept.contains(item) {
                kept.push(item.clone());
            }
        }
    }

    pub(super) fn kept(&self, name: &str) -> Vec<Value> {
        self.inside().kept.get(name).cloned().unwrap_or_default()
    }

    /// Whether the catalogue is published anew; `now` does it.
    pub(super) fn published_anew(&self, now: bool) -> bool {
        let mut inside = self.inside();
        inside.published_anew |= now;
        inside.published_anew
    }

    /// A number for the next dossier that is handed in here.
    pub(super) fn next_number(&self) -> u64 {
        let mut inside = self.inside();
        inside.pushed = inside.pushed.saturating_add(1);
        inside.pushed
    }

    pub(super) fn callback_url(&self) -> Option<String> {
        self.inside().callback_url.clone()
    }

    pub(super) fn call_back_at(&self, url: String) {
        self.inside().callback_url = Some(url);
    }
}
