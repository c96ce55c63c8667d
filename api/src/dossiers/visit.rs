//! Checks on the spot, recorded and read.

use super::RecordedAct;
use crate::identity::Asker;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use entities::dossiers::acts::Act;
use entities::dossiers::process::{Participant, Report};
use entities::dossiers::{reading, visits};
use rules::access::Sight;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a visit found; all of it must be said.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VisitReport {
    /// Where.
    #[schema(max_length = 300, example = "Thửa đất số 12, tổ 5, phường Đức Xuân")]
    place: String,
    /// When; not before the submission, and not in the future.
    at: DateTime<Utc>,
    /// Who was there.
    #[schema(min_items = 1, max_items = 50)]
    participants: Vec<VisitParticipant>,
    /// What was found, in words.
    #[schema(max_length = 4000, example = "Ranh giới đúng như bản vẽ.")]
    found: String,
}

/// Somebody who was there.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VisitParticipant {
    /// Name.
    #[schema(max_length = 300, example = "Nguyễn Thị Mẫu")]
    name: String,
    /// As what they were there.
    #[schema(max_length = 300, example = "Người nộp hồ sơ")]
    role: String,
}

/// A visit as it was recorded.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Visit, example = json!({"id": "0194f3c0-0000-7000-8000-000000000011", "entry": 5,
    "at": "2026-11-24T02:00:00Z", "recorded_name": "Triệu Thị Lý", "recorded_at": "2026-11-24T08:00:00Z",
    "report": {"place": "Thửa đất số 12", "at": "2026-11-24T02:00:00Z",
        "participants": [{"name": "Nguyễn Thị Mẫu", "role": "Người nộp hồ sơ"}], "found": "Ranh giới đúng như bản vẽ."}}))]
pub(crate) struct VisitView {
    /// Key.
    id: Uuid,
    /// Number of the history entry.
    entry: i32,
    /// When it took place.
    at: DateTime<Utc>,
    /// Name of who recorded it.
    recorded_name: String,
    /// Recorded.
    recorded_at: DateTime<Utc>,
    /// The report; absent for readers who see persons masked.
    report: Option<VisitReport>,
}

/// Record a check on the spot
///
/// Place, time, participants and content, all of them (NĐ 61/2018 Đ19.3b).
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = VisitReport, example = json!({"place": "Thửa đất số 12, tổ 5, phường Đức Xuân", "at": "2026-11-24T02:00:00Z",
        "participants": [{"name": "Nguyễn Thị Mẫu", "role": "Người nộp hồ sơ"}], "found": "Ranh giới đúng như bản vẽ."})),
    responses((status = 201, body = RecordedAct, description = "Done and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/visits")]
pub(crate) async fn record_visit(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<VisitReport>,
) -> Result<HttpResponse, Problem> {
    office.act(ask, *id, seen, |body| Act::Visit(body.into())).await
}

/// List the checks on the spot of a dossier
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<VisitView>))
)]
#[get("/v1/dossiers/{id}/visits")]
pub(crate) async fn list_visits(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = reading::find(db, &office.sealer, &asker, *id).await?;
    let rows = visits::of_dossier(db, dossier.id).await?;
    let view = |row: entities::tables::visits::Model| -> Result<VisitView, Problem> {
        let report = (sight == Sight::Full).then(|| visits::report(&office.sealer, &row)).transpose()?;
        Ok(VisitView {
            id: row.id,
            entry: row.entry,
            at: row.visited_at,
            recorded_name: row.recorded_name,
            recorded_at: row.recorded_at,
            report: report.map(Into::into),
        })
    };
    Ok(HttpResponse::Ok().json(rows.into_iter().map(view).collect::<Result<Vec<_>, _>>()?))
}

impl From<VisitReport> for Report {
    fn from(body: VisitReport) -> Self {
        let person = |who: VisitParticipant| Participant { name: who.name, role: who.role };
        let participants = body.participants.into_iter().map(person).collect();
        Self { place: body.place, at: body.at, participants, found: body.found }
    }
}

impl From<Report> for VisitReport {
    fn from(report: Report) -> Self {
        let person = |who: Participant| VisitParticipant { name: who.name, role: who.role };
        let participants = report.participants.into_iter().map(person).collect();
        Self { place: report.place, at: report.at, participants, found: report.found }
    }
}
