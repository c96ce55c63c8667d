//! `GET /v1/admin/jobs/{id}`: one job, and what it waits for.

use super::job_view::JobView;
use super::must_run_jobs;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use entities::Error;
use entities::jobs::State;
use entities::jobs::review::show;
use entities::jobs::row::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// One job of the ledger
#[utoipa::path(tag = "admin", params(("id" = Uuid, Path)), responses((status = 200, body = JobView,
    example = json!({"id": "019a0000-0000-7000-8000-000000000001", "kind": "send_notice",
        "payload": {"kind": "send_notice", "dossier": "019a0000-0000-7000-8000-000000000002", "entry": 1},
        "payload_version": 1, "queue": "quick", "state": "ready",
        "words": {"vi": "Đến giờ, đang chờ lượt.", "en": "Due, and waiting for its turn and a free worker."},
        "attempts": 0, "max_attempts": 23, "next_run_at": "2026-03-10T02:00:00Z", "lease": null, "last_error": null,
        "ordering_key": "mail:019a0000-0000-7000-8000-000000000002",
        "waits_for": "019a0000-0000-7000-8000-000000000003", "dossier": "019a0000-0000-7000-8000-000000000002",
        "cause": "dossier:019a0000-0000-7000-8000-000000000002#1", "traceparent": null,
        "created_at": "2026-03-10T02:00:00Z", "finished_at": null}))))]
#[get("/v1/admin/jobs/{id}")]
pub(crate) async fn show_job(
    asker: Asker,
    office: web::Data<Office>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    must_run_jobs(&asker)?;
    let reader = office.db.reader();
    let job = show(reader, *id).await?.ok_or(Code::NotFound)?;
    let earlier = earlier(reader, &job).await?;
    Ok(HttpResponse::Ok().json(JobView::of(job, office.clock.now()).waiting_for(earlier)))
}

/// The oldest unfinished job of the same ordering key written before this one.
async fn earlier(db: &impl ConnectionTrait, job: &Model) -> Result<Option<Uuid>, Error> {
    let (State::Ready, Some(key)) = (job.state, &job.ordering_key) else { return Ok(None) };
    let found = Entity::find()
        .filter(Column::OrderingKey.eq(key))
        .filter(Column::State.is_in([State::Ready, State::Running]))
        .filter(Column::Id.lt(job.id))
        .order_by_asc(Column::Id)
        .one(db)
        .await?;
    Ok(found.map(|row| row.id))
}
