//! Public answers: anybody may keep them for a minute and ask whether they are still good.

use crate::manners::cursor::{Address, Page};
use crate::manners::etag::IfNoneMatch;
use crate::problems::Problem;
use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue, LINK};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// 200 with `body`, or 304 when the reader has it; the tag is the digest of the content.
pub(crate) fn shown(known: &IfNoneMatch, body: &impl Serialize) -> Result<HttpResponse, Problem> {
    let text = serde_json::to_string(body).map_err(|e| entities::Error::damaged("answer", e))?;
    let tag = format!("\"{}\"", hex::encode(Sha256::digest(&text)));
    let mut response = known.answer_tagged(&tag, &());
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    if response.status() == StatusCode::NOT_MODIFIED {
        return Ok(response);
    }
    // The text was made for the tag; making it again would cost as much as everything else.
    Ok(response.set_body(BoxBody::new(text)))
}

/// As [`shown`], for one page of the list at `address`.
pub(crate) fn shown_page<T: Serialize>(
    known: &IfNoneMatch,
    page: &Page<T>,
    address: &Address,
) -> Result<HttpResponse, Problem> {
    let mut response = shown(known, page)?;
    let link = page.answer(address).headers().get(LINK).cloned();
    if let Some(link) = link {
        response.headers_mut().insert(LINK, link);
    }
    Ok(response)
}
