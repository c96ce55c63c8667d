//! `GET /v1/reconciliations/{id}`: one comparison with what it found.

use super::must_see_reconciliations;
use super::view::ReconciliationView;
use crate::identity::Asker;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::reconciliations::{self, findings};
use uuid::Uuid;

/// Report of one comparison with the national portal
///
/// How many dossiers were compared, and what was found by kind: put right, and still open.
#[utoipa::path(tag = "admin", params(("id" = Uuid, Path, description = "Key of the comparison")),
    responses((status = 200, body = ReconciliationView, example = json!({
        "id": "019a0000-0000-7000-8000-000000000041", "state": "done", "since": "2026-03-08T18:30:00Z",
        "asked_name": null, "started_at": "2026-03-09T18:30:00Z", "ended_at": "2026-03-09T18:31:12Z",
        "looked_at": 1830, "passed_over": 2, "findings": [{"kind": "missing_there",
            "kind_words": "Cổng không có hồ sơ này.", "found": 2, "repaired": 1, "open": 1}]}))))]
#[get("/v1/reconciliations/{id}")]
pub(crate) async fn show_reconciliation(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    Language(lang): Language,
) -> Result<HttpResponse, Problem> {
    must_see_reconciliations(&asker)?;
    let db = office.db.reader();
    let run = reconciliations::find(db, *id).await?;
    let counts = findings::counts(db, run.id).await?;
    Ok(HttpResponse::Ok().json(ReconciliationView::of(run)?.with(&counts, lang)))
}
