//! What the twin of the portal remembers.

use crate::{loose_json::text, notebook::Notebook};
use serde::Serialize;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

pub(super) struct Portal {
    pub(super) notebook: Notebook,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    sessions: Vec<String>,
    given: u64,
    dossiers: BTreeMap<String, Held>,
}

/// One dossier as the portal holds it.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Held {
    /// The record as last told.
    record: Value,
    /// The statuses in the order they were told.
    trail: Vec<String>,
    /// How often a record was taken.
    pushes: u64,
    /// The progress lines in the order they came.
    progress: Vec<Value>,
}

impl Portal {
    pub(super) fn new(late: Duration) -> Self {
        Self { notebook: Notebook::new(late), inside: Mutex::default() }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
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
}
