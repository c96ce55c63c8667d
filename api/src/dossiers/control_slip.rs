//! The control slip of a dossier: who gave it to whom, until when, and how it went.

use crate::catalogue::keys;
use crate::identity::Asker;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::columns::from_key;
use entities::dossiers::{consultations, handovers, reading};
use entities::tables::handovers::Model;
use rules::forms::control_slip::Timeliness;
use rules::lang::Lang;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One hand-over.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Handover, example = json!({"seq": 2, "step": "appraise", "step_name": "Thẩm định hồ sơ",
    "unit": "0194f3c0-0000-7000-8000-00000000000a", "unit_name": "Ủy ban nhân dân xã Chợ Đồn",
    "giver_name": "Hoàng Văn Cửa", "given_at": "2026-11-23T02:30:00Z", "receiver_name": "Triệu Thị Lý",
    "received_at": "2026-11-23T03:00:00Z", "due_at": "2026-11-24T10:00:00Z", "ended_at": "2026-11-23T09:00:00Z",
    "outcome": "early", "outcome_name": "Trước hạn", "note": "Đủ giấy tờ."}))]
pub(crate) struct HandoverView {
    /// 1, 2, 3 … within the dossier.
    seq: i32,
    /// Key of the step; none at the desk before the first.
    step: Option<String>,
    /// Name of the step.
    step_name: String,
    /// Unit that works.
    unit: Uuid,
    /// Name of the unit.
    unit_name: String,
    /// Who gave it; none when it came from the applicant.
    giver_name: Option<String>,
    /// Given.
    given_at: DateTime<Utc>,
    /// Who took it on; none while nobody has.
    receiver_name: Option<String>,
    /// Taken on.
    received_at: Option<DateTime<Utc>>,
    /// End of the time allotted.
    due_at: Option<DateTime<Utc>>,
    /// Given on, or over; none for the one that is open.
    ended_at: Option<DateTime<Utc>>,
    /// How it ended; none for the one that is open.
    #[schema(value_type = Option<keys::Timeliness>)]
    outcome: Option<Timeliness>,
    /// The same in the reader's language.
    outcome_name: Option<&'static str>,
    /// The word it was given with; only for officers of the dossier.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// Read the control slip of a dossier
///
/// Every hand-over from the desk to the result: giver, receiver, time given, time received, and whether it was early, on
/// time or late (TT 01/2018 Mẫu 05; TT 03/2025 Mẫu 06).
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<HandoverView>))
)]
#[get("/v1/dossiers/{id}/control-slip")]
pub(crate) async fn show_control_slip(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    Language(lang): Language,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, _) = reading::find(db, &office.sealer, &asker, *id).await?;
    let words = consultations::asks(&dossier, &asker, &office.sealer);
    let mut views = Vec::new();
    for row in handovers::slip(db, dossier.id).await? {
        let unit = office.catalogue.unit(db, row.unit_id, office.clock.now()).await?;
        let note = if words { handovers::note(&office.sealer, &row)? } else { None };
        views.push(HandoverView::of(row, &unit.row.name, note, lang)?);
    }
    Ok(HttpResponse::Ok().json(views))
}

impl HandoverView {
    fn of(row: Model, unit: &str, note: Option<String>, lang: Lang) -> Result<Self, Problem> {
        let outcome = row.outcome.as_deref().map(|key| from_key::<Timeliness>("handovers.outcome", key));
        let outcome = outcome.transpose()?;
        Ok(Self {
            seq: row.seq,
            step: row.step,
            step_name: row.step_name,
            unit: row.unit_id,
            unit_name: unit.into(),
            giver_name: row.giver_name,
            given_at: row.given_at,
            receiver_name: row.receiver_name,
            received_at: row.received_at,
            due_at: row.due_at,
            ended_at: row.ended_at,
            outcome,
            outcome_name: outcome.map(|outcome| lang.pick(outcome.words(), english(outcome))),
            note,
        })
    }
}

fn english(outcome: Timeliness) -> &'static str {
    match outcome {
        Timeliness::Early => "Early",
        Timeliness::OnTime => "On time",
        Timeliness::Late => "Late",
    }
}
