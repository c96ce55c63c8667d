//! Putting the due date off, once, with an apology.

use super::RecordedAct;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use entities::dossiers::acts::Act;
use rules::local_time::instant;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The new date and the reason for being late.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Extension {
    /// New due day; a day off moves on to the next working day.
    #[schema(example = "2026-12-04")]
    new_due: NaiveDate,
    /// The reason, as it will stand in the apology.
    #[schema(max_length = 4000, example = "Phải chờ kết quả trích lục bản đồ.")]
    reason: String,
}

/// Put the due date off with an apology
///
/// Once, and at the latest one day before the date promised; the first date stays on record (NĐ 61/2018 Đ19.9; L-40 to
/// L-42).
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Extension, example = json!({"new_due": "2026-12-04", "reason": "Phải chờ kết quả trích lục bản đồ."})),
    responses((status = 201, body = RecordedAct, description = "Done and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/extension")]
pub(crate) async fn extend_dossier(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Extension>,
) -> Result<HttpResponse, Problem> {
    office.act(ask, *id, seen, Extension::act).await
}

impl Extension {
    /// The hour does not matter: the rules take the end of the office hours of the day.
    fn act(self) -> Act {
        let noon = NaiveTime::MIN.overflowing_add_signed(TimeDelta::hours(12)).0;
        Act::Extend { new_due: instant(self.new_due.and_time(noon)), reason: self.reason }
    }
}
