//! `GET /v1/verifications/{code}`: what a code says, for programs and for people.

use super::{Verification, printed};
use crate::manners::language::Language;
use crate::manners::pages::{page, wants_page};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};

/// Check a result by its code
///
/// For anybody, without a token: what the result is, which unit issued it, how it stands today, and the hash of its file;
/// never a person, a number or a dossier. The code is taken as people type it; one that is mistyped is told apart from one
/// that nobody issued, and both are answered 200 in the same shape. A browser gets a page. Counted with the look-ups.
#[utoipa::path(
    tag = "results",
    params(("code" = String, Path, description = "The code, in any case, with or without dashes", example = "7K3M-9QXA-40TZ-C2WB-DN8Q")),
    responses((status = 200, description = "What the code says", content((Verification = "application/json"), (String = "text/html"))))
)]
#[get("/v1/verifications/{code}")]
pub(crate) async fn verify_result(
    office: web::Data<Office>,
    code: web::Path<String>,
    Language(lang): Language,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let told = office.verified(&code, None, lang).await?;
    if wants_page(req.headers()) {
        return Ok(page(printed(Some(&told), &code, "", lang)));
    }
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .insert_header(("vary", "accept, accept-language"))
        .json(told))
}
