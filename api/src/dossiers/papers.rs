//! The papers of a dossier.

use super::TakenBody;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::dossiers::reading;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One paper.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Paper, example = json!({"id": "0194f3c0-0000-7000-8000-00000000000c",
    "file": "0194f3c0-0000-7000-8000-000000000001", "part": "component", "component": "CC-01", "source": "new", "document": null, "taken": null,
    "round": 0, "name": "Bản chính giấy tờ", "created_at": "2026-11-23T01:00:00Z"}))]
pub(crate) struct PaperView {
    /// Key.
    id: Uuid,
    /// Key of the file; read it at `/v1/files/{id}/content`.
    file: Option<Uuid>,
    /// `component`, `supplement`, `result`, or `revoked` for one taken back; `shared` on a child dossier, `child_result`
    /// on its main one; `kept` for what the portal sent unasked, `tax_receipt` for a receipt of land tax,
    /// `voucher` for what a payment platform drew up of a payment.
    #[schema(example = "component")]
    part: String,
    /// Code of the component or result.
    component: Option<String>,
    /// How it was satisfied: `new`, `reused`, `database` or `vneid`.
    source: String,
    /// The document of the applicant's store that stands for it.
    document: Option<Uuid>,
    /// What was asked elsewhere instead, when it is `database` or `vneid`.
    taken: Option<TakenBody>,
    /// Round of asking; 0 at submission.
    round: i32,
    /// Name for people.
    name: String,
    /// Handed in.
    created_at: DateTime<Utc>,
}

/// List the papers of a dossier
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<PaperView>))
)]
#[get("/v1/dossiers/{id}/papers")]
pub(crate) async fn list_papers(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, _) = reading::find(db, &office.sealer, &asker, *id).await?;
    let papers = reading::papers(db, dossier.id).await?;
    let ids: Vec<Uuid> = papers.iter().map(|paper| paper.id).collect();
    let taken = reading::taken(db, &ids).await?;
    let views = papers.into_iter().map(|paper| PaperView {
        id: paper.id,
        file: paper.file_id,
        part: paper.part,
        component: paper.component,
        source: paper.source,
        document: paper.document_id,
        taken: taken.iter().find(|row| row.paper_id == paper.id).map(TakenBody::from),
        round: paper.round,
        name: paper.name,
        created_at: paper.created_at,
    });
    Ok(HttpResponse::Ok().json(views.collect::<Vec<_>>()))
}
