//! What went out, kept for tests and for the ledger of a dossier, with secrets masked.

use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};

/// Calls in the order they were made. Clones share the list.
#[derive(Debug, Clone, Default)]
pub struct Recording(Arc<Mutex<Vec<Recorded>>>);

/// One call.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// The party in words.
    pub party: &'static str,
    /// What was asked, in the wire's own name.
    pub what: String,
    /// The JSON sent, secrets masked; null when none was.
    pub body: Value,
}

impl Recording {
    /// The calls so far.
    pub fn calls(&self) -> Vec<Recorded> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The calls as sentences, such as `the national portal: DongBoHoSoMC`.
    pub fn sentences(&self) -> Vec<String> {
        self.calls().iter().map(|call| format!("{}: {}", call.party, call.what)).collect()
    }

    pub(crate) fn note(&self, party: &'static str, what: &str, body: Option<&Value>) {
        let call = Recorded { party, what: what.to_owned(), body: body.map(masked).unwrap_or_default() };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(call);
    }
}

const SECRET_KEYS: [&str; 6] = ["password", "session", "access_token", "token", "secret", "accessKey"];

/// The same JSON with the values of secret keys replaced by `***`, at every depth.
pub fn masked(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            map.iter().map(|(key, inner)| (key.clone(), masked_entry(key, inner))).collect()
        }
        Value::Array(items) => items.iter().map(masked).collect(),
        other => other.clone(),
    }
}

fn masked_entry(key: &str, inner: &Value) -> Value {
    let secret = SECRET_KEYS.iter().any(|name| key.eq_ignore_ascii_case(name));
    if secret { Value::from("***") } else { masked(inner) }
}

/// An answer's text with secrets masked where it is JSON, cut to 16,384 characters.
pub fn masked_text(bytes: &[u8]) -> String {
    let text = match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => masked(&value).to_string(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    };
    text.chars().take(16_384).collect()
}
