//! One consultation.

use super::ConsultationView;
use super::view::version_of;
use crate::identity::Asker;
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::dossiers::consultations;
use uuid::Uuid;

/// One question to another unit
///
/// For case officers and approvers of the unit that is asked, and for the officers of the dossier; for anybody else it
/// does not exist.
#[utoipa::path(
    tag = "consultations",
    params(("id" = Uuid, Path, description = "Key of the consultation")),
    responses((status = 200, body = ConsultationView), (status = 304, description = "Not changed since"))
)]
#[get("/v1/consultations/{id}")]
pub(crate) async fn show_consultation(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (row, _) = consultations::find(db, &office.sealer, &asker, *id).await?;
    let version = version_of(&row);
    let mut views = office.consultation_views(db, vec![row], true, office.clock.now()).await?;
    Ok(known.answer(version, &views.pop()))
}
