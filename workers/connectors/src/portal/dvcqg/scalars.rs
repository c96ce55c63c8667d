//! The portal's scalars: all of them text, absent ones empty (wire.md §1.6).

use crate::trip::stamp;
use chrono::{DateTime, Utc};

pub(super) fn moment(at: Option<DateTime<Utc>>) -> String {
    at.map(stamp).unwrap_or_default()
}

pub(super) fn flag(yes: bool) -> &'static str {
    if yes { "1" } else { "0" }
}

pub(super) fn or_empty(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

/// At most so many characters, the last one "…" when something was left out.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}
