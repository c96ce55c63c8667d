//! `GET /v1/admin/jobs`: the ledger, newest first.

use super::job_view::JobView;
use super::must_run_jobs;
use crate::catalogue::keys;
use crate::catalogue::listing::{Listing, checked};
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::jobs::State;
use entities::jobs::review::{Filter, list};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct JobQuery {
    /// Only in this state.
    #[param(value_type = Option<keys::JobState>)]
    state: Option<State>,
    /// Only of this kind.
    #[param(max_length = 40, example = "send_notice")]
    kind: Option<String>,
    /// Only of this dossier.
    dossier: Option<Uuid>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Jobs of the ledger, newest first
#[utoipa::path(tag = "admin", params(JobQuery), responses((status = 200, body = Page<JobView>,
    example = json!({"items": [{"id": "019a0000-0000-7000-8000-000000000001", "kind": "send_notice",
        "payload": {"kind": "send_notice", "dossier": "019a0000-0000-7000-8000-000000000002", "entry": 1},
        "payload_version": 1, "queue": "quick", "state": "dead",
        "words": {"vi": "Đã thôi sau 23 lần thử: máy chủ thư không trả lời.",
            "en": "Given up after 23 attempts: the mail server does not answer."},
        "attempts": 23, "max_attempts": 23, "next_run_at": "2026-03-10T02:00:00Z", "lease": null,
        "last_error": "the mail server does not answer", "ordering_key": "mail:019a0000-0000-7000-8000-000000000002",
        "dossier": "019a0000-0000-7000-8000-000000000002", "cause": "dossier:019a0000-0000-7000-8000-000000000002#1",
        "traceparent": null, "created_at": "2026-03-07T02:00:00Z", "finished_at": "2026-03-10T02:00:00Z"}]}))))]
#[get("/v1/admin/jobs")]
pub(crate) async fn list_jobs(
    asker: Asker,
    office: web::Data<Office>,
    query: web::Query<JobQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    must_run_jobs(&asker)?;
    let query = query.into_inner();
    let listing = Listing::of(&office, &req, query.limit);
    let filter = Filter {
        state: query.state,
        kind: checked("kind", query.kind, 40)?,
        dossier: query.dossier,
        before: listing.position(query.after.as_deref())?,
    };
    let now = office.clock.now();
    let rows = list(office.db.reader(), &filter, listing.rows()).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(JobView::of(row, now)))?;
    Ok(page.answer(listing.address()))
}
