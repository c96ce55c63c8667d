//! `Prefer: dry-run`: what an act would change and which jobs it would write, with nothing written.

use crate::office::Office;
use crate::problems::Problem;
use actix_web::http::header::{HeaderMap, HeaderName};
use actix_web::{HttpResponse, HttpResponseBuilder, http::StatusCode};
use chrono::{DateTime, Utc};
use entities::jobs::review;
use sea_orm::DatabaseTransaction;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// What would have happened.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rehearsal, example = json!({"act": "accept", "at": "2026-11-23T02:30:00Z",
    "changes": [{"member": "status", "from": "submitted", "to": "received"}],
    "jobs": [{"kind": "send_notice", "queue": "quick"}, {"kind": "push_to_portal", "queue": "party"}]}))]
pub(crate) struct Rehearsal {
    /// Key of the act.
    #[schema(example = "accept")]
    act: &'static str,
    /// The moment it was tried.
    at: DateTime<Utc>,
    /// Members of the dossier that would differ.
    changes: Vec<Change>,
    /// Jobs that would be written.
    jobs: Vec<JobToCome>,
}

/// One member before and after.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Change {
    /// Name of the member.
    #[schema(example = "status")]
    member: String,
    /// Before; null when there was none.
    from: Value,
    /// After.
    to: Value,
}

/// A job that would be written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobToCome {
    /// Kind of the job.
    #[schema(example = "send_notice")]
    kind: String,
    /// Queue it would wait in.
    #[schema(example = "quick")]
    queue: String,
}

/// A dossier before and after an act that was tried.
pub(crate) struct Tried {
    /// Key of the act.
    pub(crate) act: &'static str,
    /// What people see of it before; null for one that did not exist.
    pub(crate) before: Value,
    /// What people would see of it after.
    pub(crate) after: Value,
    /// The dossier.
    pub(crate) dossier: Uuid,
    /// The history entry the act would write.
    pub(crate) entry: i32,
}

/// Says that a preference was followed (RFC 7240).
pub(crate) const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// What people see, as a value to compare.
pub(crate) fn shown(seen: &impl Serialize) -> Result<Value, Problem> {
    Ok(serde_json::to_value(seen).map_err(|e| entities::Error::damaged("rehearsal", e))?)
}

/// The request asks for a dry run (RFC 7240).
pub(crate) fn is_asked(headers: &HeaderMap) -> bool {
    let said = headers.get_all("prefer").filter_map(|value| value.to_str().ok());
    said.flat_map(|value| value.split(',')).any(|one| one.trim().eq_ignore_ascii_case("dry-run"))
}

impl Office {
    /// Runs `effect` in a transaction that is rolled back, and tells what it would have done.
    pub(crate) async fn rehearse<F>(&self, effect: F) -> Result<HttpResponse, Problem>
    where
        F: AsyncFnOnce(&DatabaseTransaction, DateTime<Utc>) -> Result<Tried, Problem>,
    {
        let at = self.clock.now();
        let tx = self.db.begin().await?;
        let told = match effect(&tx, at).await {
            Ok(tried) => told(&tx, tried, at).await,
            Err(problem) => Err(problem),
        };
        tx.rollback().await?;
        Ok(HttpResponseBuilder::new(StatusCode::OK)
            .insert_header((PREFERENCE_APPLIED, "dry-run"))
            .json(told?))
    }
}

async fn told(tx: &DatabaseTransaction, tried: Tried, at: DateTime<Utc>) -> Result<Rehearsal, Problem> {
    let jobs = review::caused_by(tx, tried.dossier, tried.entry).await?;
    let jobs = jobs.into_iter().map(|job| JobToCome { kind: job.kind, queue: job.queue });
    Ok(Rehearsal { act: tried.act, at, changes: changes(&tried.before, &tried.after), jobs: jobs.collect() })
}

/// Members that differ, in the order they are shown.
fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let members = after.as_object().into_iter().flatten();
    let differ = members.filter_map(|(member, to)| {
        let from = before.get(member).cloned().unwrap_or(Value::Null);
        (from != *to).then(|| Change { member: member.clone(), from, to: to.clone() })
    });
    differ.collect()
}
