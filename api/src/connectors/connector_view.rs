//! The JSON form of a connector.

use crate::catalogue::{Words, keys};
use chrono::{DateTime, NaiveDate, Utc};
use entities::connectors::{Change, DayOfCalls};
use entities::tables::connectors::Model;
use rules::parties::PartyState;
use serde::Serialize;
use std::ops::AddAssign;
use utoipa::ToSchema;

/// What the office knows of one outside party.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Connector, example = json!({"key": "dvcqg", "kind": "portal",
    "about": "The national public service portal through the province's adapter", "set_up": true, "state": "off",
    "said": {"since": "2026-03-10T02:00:00Z", "by": "Hà Thị Máy", "reason": "Cổng quốc gia bảo trì."}, "services": [],
    "words": {"vi": "Đang tắt. Chưa gọi lần nào.", "en": "Off. It has not been called yet."}, "resting_until": null,
    "answered_at": null, "took_ms": null, "failed_at": null, "failed_with": null,
    "today": {"answered": 0, "refused": 0, "failed": 0, "average_ms": 0},
    "seven_days": {"answered": 0, "refused": 0, "failed": 0, "average_ms": 0}, "waiting_jobs": 0, "version": 1,
    "changes": [{"key": "dvcqg", "from": null, "to": "off", "at": "2026-03-10T02:00:00Z", "by": "Hà Thị Máy",
    "reason": "Cổng quốc gia bảo trì."}]}))]
pub(crate) struct ConnectorView {
    /// Its name in the settings.
    #[schema(example = "dvcqg")]
    pub(super) key: String,
    /// Kind of party.
    #[schema(example = "portal")]
    pub(super) kind: &'static str,
    /// What it is.
    pub(super) about: &'static str,
    /// Whether the settings of this process hold it.
    pub(super) set_up: bool,
    /// Whether it is used.
    #[schema(value_type = keys::ConnectorState)]
    pub(super) state: PartyState,
    /// Who said so, when and why; null when nobody has said anything yet.
    pub(super) said: Option<SaidView>,
    /// Data services that are used otherwise than the party.
    pub(super) services: Vec<ServiceView>,
    /// How it is, in words.
    pub(super) words: Words,
    /// Until when it is left to rest after failures.
    pub(super) resting_until: Option<DateTime<Utc>>,
    /// When it last did its part.
    pub(super) answered_at: Option<DateTime<Utc>>,
    /// How long that took, in milliseconds.
    pub(super) took_ms: Option<i64>,
    /// When a call last failed.
    pub(super) failed_at: Option<DateTime<Utc>>,
    /// Why, in words.
    pub(super) failed_with: Option<String>,
    /// Calls of this legal day.
    pub(super) today: CallCounts,
    /// Calls of the last seven legal days, with this one.
    pub(super) seven_days: CallCounts,
    /// Jobs that wait for it, without using up attempts.
    pub(super) waiting_jobs: i64,
    /// Counts the changes of its state; the `ETag`.
    pub(super) version: i32,
    /// The newest twenty changes of its state and of its services', the last one first; told for a single connector only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) changes: Option<Vec<ChangeView>>,
}

/// What was said of a party.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConnectorSaid)]
pub(crate) struct SaidView {
    /// Since when.
    since: DateTime<Utc>,
    /// Who.
    by: String,
    /// Why.
    reason: String,
}

/// A data service of a party.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConnectorService)]
pub(crate) struct ServiceView {
    /// The wire's own name.
    #[schema(example = "TraCuuHoSo")]
    service: String,
    /// Whether it is used.
    #[schema(value_type = keys::ConnectorState)]
    state: PartyState,
    /// Who said so, when and why.
    said: SaidView,
    /// Counts the changes of its state, for `If-Match`.
    version: i32,
}

/// A change of state.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConnectorChange)]
pub(crate) struct ChangeView {
    /// Key of the connector, or with a data service of it.
    #[schema(example = "dvcqg/TraCuuHoSo")]
    key: String,
    /// State before.
    from: Option<String>,
    /// State after.
    to: String,
    /// When.
    at: DateTime<Utc>,
    /// Who.
    by: String,
    /// Why.
    reason: String,
}

/// Numbers of calls.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
pub(crate) struct CallCounts {
    /// Answered, and not refused by the status of the answer.
    answered: i64,
    /// Understood and refused.
    refused: i64,
    /// Not answered, or with a failure of the party's own.
    failed: i64,
    /// Milliseconds that a call took on average; 0 without calls.
    average_ms: i64,
    #[serde(skip)]
    took_ms: i64,
}

/// Calls of one data service on one legal day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConnectorDay)]
pub(crate) struct DayView {
    /// Legal day.
    day: NaiveDate,
    /// Data service, in the wire's own name.
    service: String,
    /// The calls.
    calls: CallCounts,
}

impl SaidView {
    pub(super) fn of(row: &Model) -> Self {
        Self { since: row.since, by: row.by_name.clone(), reason: row.reason.clone() }
    }
}

impl ServiceView {
    pub(super) fn of(service: &str, state: PartyState, row: &Model) -> Self {
        Self { service: service.to_owned(), state, said: SaidView::of(row), version: row.version }
    }
}

impl ChangeView {
    pub(super) fn of(row: Change) -> Self {
        let Change { key, from_state: from, to_state: to, at, by_name: by, reason, .. } = row;
        Self { key, from, to, at, by, reason }
    }
}

impl AddAssign<&DayOfCalls> for CallCounts {
    fn add_assign(&mut self, day: &DayOfCalls) {
        self.answered += day.answered;
        self.refused += day.refused;
        self.failed += day.failed;
        self.took_ms += day.took_ms;
        self.average_ms = self.took_ms.checked_div(self.all()).unwrap_or(0);
    }
}

impl CallCounts {
    pub(super) fn all(self) -> i64 {
        self.answered + self.refused + self.failed
    }
}

impl DayView {
    pub(super) fn of(row: &DayOfCalls) -> Self {
        let mut calls = CallCounts::default();
        calls += row;
        Self { day: row.day, service: row.service.clone(), calls }
    }
}
