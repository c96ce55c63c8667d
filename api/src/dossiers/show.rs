//! One dossier.

use super::DossierView;
use crate::identity::Asker;
use crate::manners::etag::IfNoneMatch;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::dossiers::reading;
use uuid::Uuid;

/// Show a dossier
///
/// The person it belongs to and the officers of its units see it whole; province readers see persons masked; for
/// anybody else it does not exist.
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = DossierView), (status = 304, description = "Not changed since"))
)]
#[get("/v1/dossiers/{id}")]
pub(crate) async fn show_dossier(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    known: IfNoneMatch,
    Language(lang): Language,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = reading::find(db, &office.sealer, &asker, *id).await?;
    let version = dossier.version;
    let view = match known.knows(version) {
        true => None,
        false => Some(office.view(db, dossier, sight, (lang, office.clock.now())).await?),
    };
    Ok(known.answer(version, &view))
}
