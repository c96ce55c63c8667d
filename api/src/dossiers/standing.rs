//! A dossier as it stood at an instant.

use crate::identity::Asker;
use crate::manners::instants::as_of;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::dossiers::{past, reading};
use rules::lang::Lang;
use rules::past::{Judged, Past};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// At which instant.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct StandingQuery {
    /// The instant, RFC 3339 with offset; now when absent.
    #[param(format = DateTime, example = "2026-03-31T17:00:00+07:00")]
    as_of: Option<String>,
}

/// A dossier as it stood, folded from its history and its clock events alone.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PastStanding, example = json!({"as_of": "2026-03-31T10:00:00Z", "entry": 3, "since": "2026-03-12T02:00:00Z",
    "status": "processing", "status_code": 4, "status_name": "Đang xử lý", "step": "appraise", "turn": "agency",
    "rounds": 0, "submitted_at": "2026-03-10T02:00:00Z", "received_at": "2026-03-10T03:00:00Z", "decided_at": null,
    "returned_at": null, "ended_at": null, "waiting_since": null, "judgement": {"due_at": "2026-03-24T10:00:00Z",
    "first_due_at": "2026-03-24T10:00:00Z", "promised_at": "2026-03-24T10:00:00Z", "late": true, "late_by_date": true,
    "late_for_the_index": true}}))]
pub(crate) struct PastStandingView {
    /// The instant.
    as_of: DateTime<Utc>,
    /// Number of the last history entry by then.
    entry: i32,
    /// When that entry was made.
    since: DateTime<Utc>,
    /// Key of the status.
    status: &'static str,
    /// National code of the status, 1 to 10.
    status_code: u8,
    /// Name of the status in the reader's language.
    status_name: &'static str,
    /// Internal step.
    step: Option<String>,
    /// Who had the turn.
    turn: &'static str,
    /// How often papers had been asked for after reception.
    rounds: u32,
    /// Handed in.
    submitted_at: DateTime<Utc>,
    /// Received.
    received_at: Option<DateTime<Utc>>,
    /// Result issued.
    decided_at: Option<DateTime<Utc>>,
    /// Result handed over.
    returned_at: Option<DateTime<Utc>>,
    /// Refused, withdrawn or stopped.
    ended_at: Option<DateTime<Utc>>,
    /// Since when it had waited for the applicant's papers or money.
    waiting_since: Option<DateTime<Utc>>,
    /// How it stood to its due date; absent before reception.
    #[serde(skip_serializing_if = "Option::is_none")]
    judgement: Option<JudgementView>,
}

/// How a dossier stood to its due date.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Judgement)]
pub(crate) struct JudgementView {
    /// The last moment in time as it stood then; null while the date was suspended.
    due_at: Option<DateTime<Utc>>,
    /// The moment first printed on the receipt.
    first_due_at: Option<DateTime<Utc>>,
    /// The moment the applicant had last been told.
    promised_at: Option<DateTime<Utc>>,
    /// Late to the second.
    late: bool,
    /// Late by date, as the provincial report compares.
    late_by_date: bool,
    /// Late for the national index (QĐ 766).
    late_for_the_index: bool,
}

/// Tell how a dossier stood at an instant
///
/// From its history alone, so that the same instant is always told the same. A result is judged when it was issued,
/// not when it was handed over. 404 before the dossier was handed in.
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), StandingQuery),
    responses((status = 200, body = PastStandingView))
)]
#[get("/v1/dossiers/{id}/standing")]
pub(crate) async fn show_standing(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    query: web::Query<StandingQuery>,
    asker: Asker,
    Language(lang): Language,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, _) = reading::find(db, &office.sealer, &asker, *id).await?;
    let as_of = as_of(query.as_of.as_deref(), office.clock.now())?;
    let recorded = past::recorded(db, &[dossier.id]).await?.remove(&dossier.id).unwrap_or_default();
    let past = recorded.at(as_of).ok_or_else(not_yet)?;
    let judged = recorded.judged((db, &office.catalogue), &dossier, &past, as_of).await?;
    Ok(HttpResponse::Ok().json(PastStandingView::of(past, judged, as_of, lang)))
}

fn not_yet() -> Problem {
    Problem::new(Code::NotFound)
        .because("Lúc đó hồ sơ chưa được nộp.", "The dossier had not been handed in by then.")
}

impl PastStandingView {
    fn of(past: Past, judged: Option<Judged>, as_of: DateTime<Utc>, lang: Lang) -> Self {
        Self {
            as_of,
            entry: past.entry,
            since: past.since,
            status: past.status.key(),
            status_code: past.status.code(),
            status_name: lang.pick(past.status.name_vi(), past.status.name_en()),
            step: past.step,
            turn: past.turn.key(),
            rounds: past.rounds,
            submitted_at: past.submitted_at,
            received_at: past.received_at,
            decided_at: past.decided_at,
            returned_at: past.returned_at,
            ended_at: past.ended_at,
            waiting_since: past.waiting_since,
            judgement: judged.map(JudgementView::of),
        }
    }
}

impl JudgementView {
    fn of(judged: Judged) -> Self {
        Self {
            due_at: judged.due,
            first_due_at: judged.original_due,
            promised_at: judged.promised,
            late: judged.late,
            late_by_date: judged.late_by_date,
            late_for_the_index: judged.late_for_the_index,
        }
    }
}
