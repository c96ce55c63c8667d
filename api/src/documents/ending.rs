//! Replacing and revoking a document, by the unit that issued it.

use super::DocumentLine;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use chrono::NaiveDate;
use entities::documents;
use entities::documents::renewing::{NextVersion, replace};
use entities::documents::replacing::{ISSUERS, revoke};
use rules::actor::Actor;
use rules::local_time::local_date;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The next version of a document.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewVersion {
    /// Key of the uploaded file.
    file: Uuid,
    /// Number and sign of the new paper.
    #[serde(default)]
    #[schema(max_length = 60)]
    number: Option<String>,
    /// Day of issue; today when absent.
    #[serde(default)]
    issued_on: Option<NaiveDate>,
    /// Last day of validity; none without end.
    #[serde(default)]
    valid_until: Option<NaiveDate>,
    /// Why the old one is replaced, in words.
    #[schema(max_length = 4000)]
    reason: String,
}

/// File the next version of a document
///
/// For officers of the unit that issued it; the old one stays, superseded, with the reason (R-J5, R-C8).
#[utoipa::path(
    tag = "documents",
    params(("id" = Uuid, Path, description = "Key of the document"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = NewVersion, example = json!({"file": "0194f3c0-0000-7000-8000-000000000001", "number": "13/GCN", "reason": "Đính chính ngày cấp."})),
    responses((status = 201, body = DocumentLine, description = "Filed"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/documents/{id}/versions")]
pub(crate) async fn replace_document(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<NewVersion>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    known_to(&facts.actor)?;
    let next = NextVersion {
        file: body.file,
        number: body.number,
        issued_on: body.issued_on,
        valid_until: body.valid_until,
        reason: body.reason,
    };
    office
        .once(&facts, async |tx, at| {
            let new = replace(tx, &office.sealer, &facts.actor, (*id, next), at).await?;
            let row = documents::by_id(tx, new).await?;
            Answer::created(format!("/v1/me/documents/{new}"), &DocumentLine::of(row, local_date(at)))
        })
        .await
}

/// Why a document is revoked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DocumentRevocation)]
pub(crate) struct Revocation {
    /// In words; the owner reads it.
    #[schema(max_length = 4000)]
    reason: String,
}

/// Revoke a document
///
/// For officers of the unit that issued it; from now on it stands for nothing, and what it stood for stays as it was.
#[utoipa::path(
    tag = "documents",
    params(("id" = Uuid, Path, description = "Key of the document"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Revocation, example = json!({"reason": "Cấp sai đối tượng."})),
    responses((status = 201, body = DocumentLine, description = "Revoked"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/documents/{id}/revocation")]
pub(crate) async fn revoke_document(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<Revocation>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    known_to(&facts.actor)?;
    office
        .once(&facts, async |tx, at| {
            let row = revoke(tx, &office.sealer, &facts.actor, (*id, &body.reason), at).await?;
            let line = DocumentLine::of(row, local_date(at));
            Answer::created(format!("/v1/me/documents/{}", *id), &line)
        })
        .await
}

/// Who issues nothing is told of nothing.
fn known_to(by: &Actor) -> Result<(), Problem> {
    let issues = ISSUERS.iter().any(|role| by.is(*role));
    if issues { Ok(()) } else { Err(Code::NotFound.into()) }
}
