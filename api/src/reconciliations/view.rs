//! The JSON forms of a comparison and of what it found.

use crate::catalogue::keys;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::reconciliations::State;
use entities::reconciliations::comparing::Kind;
use entities::reconciliations::findings::Count;
use entities::reconciliations::walked::Side;
use entities::tables::{portal_findings, portal_reconciliations::Model};
use rules::lang::Lang;
use rules::status::Status;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// A comparison of our dossiers with what the national portal holds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reconciliation)]
pub(crate) struct ReconciliationView {
    /// Key; its order is the order of beginning.
    id: Uuid,
    /// Where it stands.
    #[schema(value_type = keys::ReconciliationState)]
    state: State,
    /// Ended dossiers were looked at when something happened to them from here on; none for all of them.
    since: Option<DateTime<Utc>>,
    /// Name of who asked for it; none at night.
    asked_name: Option<String>,
    /// Begun.
    started_at: DateTime<Utc>,
    /// Ended.
    ended_at: Option<DateTime<Utc>>,
    /// Dossiers that were compared so far.
    looked_at: i32,
    /// Dossiers that were passed over because news of them was on its way.
    passed_over: i32,
    /// What was found so far, by kind; only where one comparison is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<FoundView>>,
}

/// How much of one kind a comparison found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReconciliationCount)]
struct FoundView {
    /// The kind.
    #[schema(value_type = keys::FindingKind)]
    kind: Kind,
    /// The kind in the reader's language.
    kind_words: &'static str,
    /// Found.
    found: i64,
    /// Put right.
    repaired: i64,
    /// Not put right yet.
    open: i64,
}

impl ReconciliationView {
    /// The view of a row.
    pub(super) fn of(row: Model) -> Result<Self, Error> {
        Ok(Self {
            id: row.id,
            state: row.standing()?,
            since: row.since,
            asked_name: row.asked_name,
            started_at: row.started_at,
            ended_at: row.ended_at,
            looked_at: row.looked_at,
            passed_over: row.passed_over,
            findings: None,
        })
    }

    /// The same with what was found.
    pub(super) fn with(mut self, counts: &BTreeMap<Kind, Count>, lang: Lang) -> Self {
        let found = counts.iter().map(|(kind, count)| FoundView {
            kind: *kind,
            kind_words: kind.words(lang),
            found: count.found,
            repaired: count.repaired,
            open: count.found - count.repaired,
        });
        self.findings = Some(found.collect());
        self
    }
}

/// A difference between a dossier here and what the national portal holds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReconciliationFinding)]
pub(crate) struct FindingView {
    /// Key; its order is the order of finding.
    id: Uuid,
    /// The dossier; none when it is missing here.
    dossier: Option<Uuid>,
    /// Its code; the portal's own key for one that is missing here.
    code: String,
    /// What differs.
    #[schema(value_type = keys::FindingKind)]
    kind: Kind,
    /// The same in the reader's language.
    kind_words: &'static str,
    /// How it stands here; null when it is missing here.
    here: Option<SideView>,
    /// How the portal tells it; null when it is missing there.
    there: Option<SideView>,
    /// Found.
    found_at: DateTime<Utc>,
    /// When the portal took what puts it right; its job is `repair_at_portal` in `GET /v1/admin/jobs?dossier=`.
    repaired_at: Option<DateTime<Utc>>,
    /// Why it could not be put right yet.
    trouble: Option<String>,
}

/// A dossier as one side tells it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReconciliationSide)]
struct SideView {
    /// Key of the status; null when none is told.
    #[schema(value_type = Option<String>, example = "processing")]
    status: Option<Status>,
    /// Received; null when not told.
    received_at: Option<DateTime<Utc>>,
    /// Due; null when not told, and here while the clock stands.
    due_at: Option<DateTime<Utc>>,
}

impl FindingView {
    /// The view of a row.
    pub(super) fn of(row: portal_findings::Model, lang: Lang) -> Result<Self, Error> {
        let (kind, (here, there)) = (row.what()?, row.sides()?);
        Ok(Self {
            id: row.id,
            dossier: row.dossier_id,
            code: row.code,
            kind,
            kind_words: kind.words(lang),
            here: here.map(SideView::of),
            there: there.map(SideView::of),
            found_at: row.found_at,
            repaired_at: row.repaired_at,
            trouble: row.trouble,
        })
    }
}

impl SideView {
    fn of(side: Side) -> Self {
        Self { status: side.status, received_at: side.received_at, due_at: side.due_at }
    }
}
