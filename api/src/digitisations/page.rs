//! `GET /v1/digitisations/{id}/pages/{n}`: the upright picture of a page, beside which its fields are checked.

use super::fields::PurposeQuery;
use crate::identity::Asker;
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, get, web};
use entities::digitisations::pages;
use entities::digitisations::sight::{find_for, sees_pages};
use entities::digitisations::uses::{self, Opened};
use entities::files;
use object_store::ObjectStoreExt;
use object_store::path::Path;
use uuid::Uuid;

/// The picture of a page
///
/// For officers of its units; who opens it, and what for, is kept.
#[utoipa::path(tag = "digitisations",
    params(("id" = Uuid, Path, description = "Key of the item"), ("n" = i32, Path, description = "Page, from 1"), PurposeQuery),
    responses((status = 200, body = Vec<u8>, content_type = "image/jpeg", example = "\u{ff}\u{d8}…"),
        (status = 304, description = "Not changed since")))]
#[get("/v1/digitisations/{id}/pages/{n}")]
pub(crate) async fn show_digitised_page(
    office: web::Data<Office>,
    asker: Asker,
    at: web::Path<(Uuid, i32)>,
    query: web::Query<PurposeQuery>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let (id, number) = at.into_inner();
    let (placed, _) = find_for(office.db.reader(), &asker, id).await?;
    if !sees_pages(&asker, &placed) {
        return Err(Code::Forbidden.into());
    }
    let page = pages::find(office.db.reader(), id, number).await?;
    let etag = format!("\"{}\"", page.picture_sha256);
    if known.knows_tag(&etag) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, etag)).finish());
    }
    let (who, now) = ((&*asker, query.words()), office.clock.now());
    uses::note(office.db.writer(), (id, Opened::Page(number)), who, now).await?;
    let stored = Path::from(files::stored_at(&page.picture_sha256));
    let bytes = office.files.get(&stored).await?.bytes().await?;
    Ok(HttpResponse::Ok()
        .content_type("image/jpeg")
        .insert_header((ETAG, etag))
        .insert_header(("cache-control", "private, no-store"))
        .insert_header(("content-encoding", "identity"))
        .body(bytes))
}
