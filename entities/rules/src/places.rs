//! Places change: which ones continue a place, and when a person has to choose (law.md §2.3).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How much of a place goes on in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// All of it.
    Whole,
    /// A part; the rest lies elsewhere.
    Part,
}

/// One place goes on in another from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// Code of the place that ended.
    pub code: String,
    /// Code of a place that continues it; a code may be given again.
    pub successor: String,
    /// First day of the successor.
    pub from: NaiveDate,
    /// How much of it.
    pub share: Share,
}

/// What continues a place on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Continuation {
    /// Codes in order, each with how much of the place it holds; the place itself while it lasts.
    pub candidates: Vec<(String, Share)>,
    /// True unless one place holds all of it: an address there waits for a person who knows where it lies.
    pub choice_needed: bool,
}

/// What continues, on the day `on`, the place that bore `code` on the day `known_on`.
///
/// Follows successor after successor; a whole of a part is a part.
pub fn continued(edges: &[Succession], code: &str, known_on: NaiveDate, on: NaiveDate) -> Continuation {
    let mut found = BTreeMap::new();
    let mut walked = BTreeSet::new();
    let mut open = vec![(code, known_on, Share::Whole)];
    while let Some((code, since, share)) = open.pop() {
        if !walked.insert((code, since, share)) {
            continue;
        }
        let next = next(edges, code, since, on);
        if next.is_empty() {
            let kept = found.entry(code.to_owned()).or_insert(share);
            *kept = share.min(*kept);
        }
        open.extend(next.iter().map(|e| (e.successor.as_str(), e.from, share.max(e.share))));
    }
    let choice_needed = found.len() != 1 || found.values().any(|share| *share == Share::Part);
    Continuation { candidates: found.into_iter().collect(), choice_needed }
}

/// The successors at the first change after `since`, until `on`.
fn next<'e>(edges: &'e [Succession], code: &str, since: NaiveDate, on: NaiveDate) -> Vec<&'e Succession> {
    let later = || edges.iter().filter(|e| e.code == code && e.from > since && e.from <= on);
    let first = later().map(|e| e.from).min();
    later().filter(|e| Some(e.from) == first).collect()
}
