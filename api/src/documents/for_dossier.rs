//! The documents of an applicant as far as their dossier needs them, every look with its purpose.

use super::DocumentView;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use entities::documents::using::{Use, note, purpose};
use entities::documents::{Model, reading};
use entities::dossiers;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// What a look is for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PurposeQuery {
    /// What it is needed for, in words; the owner reads it.
    #[param(min_length = 5, max_length = 400, example = "Đối chiếu nhân thân của người đề nghị")]
    pub(super) purpose: String,
}

/// A document that a dossier needs
///
/// Of its applicant and of a type the procedure asks for, or one that stands for a paper of the dossier. For officers of
/// its units, with a purpose; every look is recorded and shown to the owner.
#[utoipa::path(
    tag = "documents",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("document" = Uuid, Path, description = "Key of the document"), PurposeQuery),
    responses((status = 200, body = DocumentView))
)]
#[get("/v1/dossiers/{id}/documents/{document}")]
pub(crate) async fn show_dossier_document(
    office: web::Data<Office>,
    asker: Asker,
    path: web::Path<(Uuid, Uuid)>,
    query: web::Query<PurposeQuery>,
) -> Result<HttpResponse, Problem> {
    let needed = ForDossier::read(&office, &asker, path.into_inner(), &query.purpose).await?;
    Ok(HttpResponse::Ok().json(office.document(needed.document, office.clock.now()).await?))
}

/// A document that an officer may read for a dossier; the reading is recorded.
pub(super) struct ForDossier {
    pub(super) document: Model,
}

impl ForDossier {
    pub(super) async fn read(
        office: &Office,
        asker: &Asker,
        (dossier, document): (Uuid, Uuid),
        said: &str,
    ) -> Result<Self, Problem> {
        let (db, at) = (office.db.reader(), office.clock.now());
        let (dossier, _) = dossiers::reading::find(db, &office.sealer, asker, dossier).await?;
        let revised = office.catalogue.revision(db, dossier.revision_id).await?;
        let (document, unit) =
            reading::for_dossier(db, asker, (&dossier, revised.as_ref()), document).await?;
        let purpose = meant(said)?;
        let look = Use { kind: "read", dossier: Some(dossier.id), unit: Some(unit), purpose };
        note(office.db.writer(), asker, &[document.id], look, at).await?;
        Ok(Self { document })
    }
}

/// The purpose of a query, or why it is none.
pub(super) fn meant(said: &str) -> Result<&str, Problem> {
    purpose(said).map_err(|fault| Problem::new(Code::QueryInvalid).because(fault.vi, fault.en))
}
