//! The bytes of a document: for its owner, and with a purpose for the officers of a dossier that needs it.

use super::for_dossier::ForDossier;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::{Code, Problem};
use crate::uploads::{clean, sent};
use actix_web::{HttpResponse, get, web};
use entities::documents::using::{Use, note};
use entities::documents::{Model, reading};
use entities::files;
use object_store::ObjectStoreExt;
use object_store::path::Path;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which bytes.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DocumentForm {
    /// As it was scanned or handed in.
    #[default]
    Original,
    /// The PDF/A that can be searched.
    Readable,
}

/// Which bytes of one's own document.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContentQuery {
    /// `original` when absent.
    #[serde(default)]
    #[param(inline, required = false)]
    form: DocumentForm,
}

/// The bytes of one of your documents
///
/// Always those that were filed: a stored original is never changed. 404 for `readable` where there is none.
#[utoipa::path(tag = "documents",
    params(("id" = Uuid, Path, description = "Key of the document"), ContentQuery),
    responses((status = 200, body = Vec<u8>, content_type = "*/*", example = "%PDF-1.7 …")))]
#[get("/v1/me/documents/{id}/content")]
pub(crate) async fn show_my_document_content(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
    query: web::Query<ContentQuery>,
) -> Result<HttpResponse, Problem> {
    let row = reading::mine(office.db.reader(), &office.sealer, &asker, *id).await?;
    let own = Use { kind: "read", dossier: None, unit: None, purpose: "Chủ giấy tờ xem" };
    note(office.db.writer(), &asker, &[row.id], own, office.clock.now()).await?;
    office.document_bytes(&row, query.form).await
}

/// Which bytes of a document, and what for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PurposefulContent {
    /// What it is needed for, in words; the owner reads it.
    #[param(min_length = 5, max_length = 400, example = "Đối chiếu nhân thân của người đề nghị")]
    purpose: String,
    /// `original` when absent.
    #[serde(default)]
    #[param(inline, required = false)]
    form: DocumentForm,
}

/// The bytes of a document that a dossier needs
///
/// For officers of its units, with a purpose that the owner reads; for anybody else it does not exist.
#[utoipa::path(tag = "documents",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("document" = Uuid, Path, description = "Key of the document"), PurposefulContent),
    responses((status = 200, body = Vec<u8>, content_type = "*/*", example = "%PDF-1.7 …")))]
#[get("/v1/dossiers/{id}/documents/{document}/content")]
pub(crate) async fn show_dossier_document_content(
    office: web::Data<Office>,
    asker: Asker,
    path: web::Path<(Uuid, Uuid)>,
    query: web::Query<PurposefulContent>,
) -> Result<HttpResponse, Problem> {
    let needed = ForDossier::read(&office, &asker, path.into_inner(), &query.purpose).await?;
    office.document_bytes(&needed.document, query.form).await
}

impl Office {
    /// The bytes as they were filed, or their searchable form.
    async fn document_bytes(&self, row: &Model, form: DocumentForm) -> Result<HttpResponse, Problem> {
        let file = clean(files::find(self.db.reader(), row.file_id).await?)?;
        if matches!(form, DocumentForm::Original) {
            return sent(self, &file, None).await;
        }
        let sha256 = row.rendition_sha256.clone().ok_or(Code::NotFound)?;
        let head = self.files.head(&Path::from(files::stored_at(&sha256))).await?;
        let size = i64::try_from(head.size).unwrap_or(i64::MAX);
        let readable = files::File { sha256, size, media_type: "application/pdf".into(), ..file };
        sent(self, &readable, None).await
    }
}
