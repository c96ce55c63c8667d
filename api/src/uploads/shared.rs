//! `GET /v1/files/{id}/shared`: the bytes of a file for a party with a signed link, such as the national portal.

use super::file::{clean, range_of, sent};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::{files, links};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// What a signed link carries.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Link {
    /// Until when it is good, in unix seconds.
    #[param(example = 1_797_922_248)]
    expires: i64,
    /// Signature of the office, in hex.
    #[param(max_length = 128, example = "296d230734dd42c9318e6615d6b207c9fed688d1be5dab04fca2ef31746b7000")]
    signature: String,
}

impl Link {
    /// Until when, and the signature.
    pub(crate) fn signed(&self) -> (i64, &str) {
        (self.expires, &self.signature)
    }
}

/// The bytes of a file behind a signed link
///
/// Given to parties that fetch papers on their own time; good until it expires, and for one file.
#[utoipa::path(tag = "uploads", params(("id" = Uuid, Path), Link),
    responses((status = 200, body = Vec<u8>, content_type = "*/*", example = "%PDF-1.7 …")))]
#[get("/v1/files/{id}/shared")]
pub(crate) async fn show_shared_file(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    link: web::Query<Link>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (secret, at) = (&office.settings.link_secret, office.clock.now());
    if !links::verify(secret, *id, link.expires, &link.signature, at) {
        return Err(Code::LinkInvalid.into());
    }
    let file = clean(files::find(office.db.reader(), *id).await?)?;
    let range = range_of(req.headers(), &file)?;
    sent(&office, &file, range).await
}
