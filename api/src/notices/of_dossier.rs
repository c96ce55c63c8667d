//! `GET /v1/dossiers/{id}/notices`: what was told about a dossier.

use super::view::NoticeView;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::dossiers::reading::find;
use entities::notices::reading::of_dossier;
use uuid::Uuid;

/// What was told about a dossier
///
/// When, through which channel, to whom in outline, and why a channel failed; oldest first.
#[utoipa::path(
    tag = "notices",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<NoticeView>))
)]
#[get("/v1/dossiers/{id}/notices")]
pub(crate) async fn list_dossier_notices(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = find(db, &office.sealer, &asker, *id).await?;
    let rows = of_dossier(db, dossier.id).await?;
    let views: Result<Vec<_>, _> =
        rows.into_iter().map(|row| NoticeView::of(row, &office.sealer, sight)).collect();
    Ok(HttpResponse::Ok().json(views?))
}
