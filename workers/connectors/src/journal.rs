//! What was said during one trip, request and answer as they were, secrets masked: the raw matter of a dossier's ledger.

use std::sync::{Arc, Mutex, PoisonError};

/// Everything said during a trip, in its order. Clones share the list.
#[derive(Debug, Clone, Default)]
pub struct Journal(Arc<Mutex<Vec<Said>>>);

/// One request and what came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What was asked, in the wire's own name.
    pub what: String,
    /// The request, secrets masked; empty when it had no body.
    pub request: String,
    /// The answer, secrets masked; none when none came or it could not be read to its end.
    pub answer: Option<String>,
}

impl Journal {
    /// What was said so far.
    pub fn said(&self) -> Vec<Said> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn note(&self, said: Said) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(said);
    }
}

/// Two journals are equal when they are one and the same.
impl PartialEq for Journal {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Journal {}
