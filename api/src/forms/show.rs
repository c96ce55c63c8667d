//! `GET /v1/forms/{id}`: the file of a form, or a page that says the same.

use super::printed;
use crate::identity::Asker;
use crate::manners::etag::IfNoneMatch;
use crate::manners::pages::{page, wants_page};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::http::header::{ETAG, HeaderValue, RETRY_AFTER, VARY};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::dossiers::reading as dossiers;
use entities::forms::reading;
use entities::tables::forms::Model;
use object_store::ObjectStoreExt;
use object_store::path::Path;
use rules::access::Sight;
use rules::actor::Actor;
use uuid::Uuid;

/// Read a form
///
/// The file (PDF/A) as it was made from what the form said at the moment of its act: a later reading gives the same
/// bytes whatever has happened since. With `Accept: text/html` a page that says the same, from the first moment on; the
/// file is 409 `form_not_ready` until it is made.
#[utoipa::path(
    tag = "forms",
    params(("id" = Uuid, Path, description = "Key of the form")),
    responses((status = 200, description = "The form", content((Vec<u8> = "application/pdf", example = "%PDF-1.7 …"), (String = "text/html"))))
)]
#[get("/v1/forms/{id}")]
pub(crate) async fn show_form(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    known: IfNoneMatch,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = office.readable_form(&asker, *id).await?;
    let mut answer = match wants_page(req.headers()) {
        true => page(printed(&reading::content(&office.sealer, &form)?.sheet())),
        false => office.form_file(&form, &known).await?,
    };
    answer.headers_mut().insert(VARY, HeaderValue::from_static("accept, authorization"));
    Ok(answer)
}

impl Office {
    /// The form, when this person may read it; to others it does not exist.
    async fn readable_form(&self, by: &Actor, id: Uuid) -> Result<Model, Problem> {
        let db = self.db.reader();
        let form = reading::by_id(db, id).await?;
        let dossier = match form.dossier_id {
            None => None,
            Some(dossier) => match dossiers::find(db, &self.sealer, by, dossier).await {
                Ok((_, Sight::None | Sight::Masked)) => return Err(Code::Forbidden.into()),
                Ok((dossier, Sight::Full)) => Some(dossier),
                Err(entities::Error::NotFound(_)) => return Err(Code::NotFound.into()),
                Err(error) => return Err(error.into()),
            },
        };
        let may = reading::may_read(by, &self.sealer, &form, dossier.as_ref());
        if may { Ok(form) } else { Err(Code::NotFound.into()) }
    }

    async fn form_file(&self, form: &Model, known: &IfNoneMatch) -> Result<HttpResponse, Problem> {
        let Some(sha256) = &form.sha256 else {
            return Err(Problem::new(Code::FormNotReady).with_header(RETRY_AFTER, "1"));
        };
        let etag = format!("\"{sha256}\"");
        if known.knows_tag(&etag) {
            return Ok(HttpResponse::NotModified().insert_header((ETAG, etag)).finish());
        }
        let bytes = self.files.get(&Path::from(reading::stored_at(sha256))).await?.bytes().await?;
        let name = format!("{}-{}-{}.pdf", form.kind, form.year, form.number);
        Ok(HttpResponse::Ok()
            .content_type("application/pdf")
            .insert_header((ETAG, etag))
            .insert_header(("cache-control", "private, no-store"))
            .insert_header(("content-disposition", format!("inline; filename=\"{name}\"")))
            .body(bytes))
    }
}
