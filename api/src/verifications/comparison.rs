//! Whether a file in hand is the issued one: only its hash is sent.

use super::{Verification, hash_as_typed};
use crate::manners::ask::Body;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use rules::refusal::Violation;
use serde::Deserialize;
use utoipa::ToSchema;

/// A file in hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InHand {
    /// SHA-256 of its bytes, hex; the file itself stays where it is.
    #[schema(max_length = 80, example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    sha256: String,
}

/// Compare a file in hand with the issued one
///
/// Says what the check of the code says, and whether the hash is that of the issued file. Needs no token; counted with the
/// look-ups.
#[utoipa::path(
    tag = "results",
    params(("code" = String, Path, description = "The code, in any case, with or without dashes", example = "7K3M-9QXA-40TZ-C2WB-DN8Q")),
    request_body(content = InHand, example = json!({"sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"})),
    responses((status = 200, body = Verification))
)]
#[post("/v1/verifications/{code}/comparison")]
pub(crate) async fn compare_result(
    office: web::Data<Office>,
    code: web::Path<String>,
    Language(lang): Language,
    body: Body<InHand>,
) -> Result<HttpResponse, Problem> {
    let hash = hash_as_typed(&body.body.sha256).ok_or_else(|| Problem::invalid(vec![no_hash()]))?;
    let told = office.verified(&code, Some(&hash), lang).await?;
    Ok(HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(told))
}

fn no_hash() -> Violation {
    Violation {
        pointer: "/sha256".into(),
        code: "sha256_invalid",
        vi: "Mã băm SHA-256 gồm 64 chữ số thập lục phân; hãy tính lại từ tệp.".into(),
        en: "A SHA-256 has 64 hexadecimal digits; work it out from the file again.".into(),
    }
}
