//! The JSON form of a consultation: the question with what is shared, and nothing else of the dossier.

use crate::catalogue::keys;
use crate::office::Office;
use crate::problems::Problem;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::columns::from_key;
use entities::dossiers::consultations::{self, State};
use entities::tables::consultations::Model;
use entities::tables::{dossiers, papers};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A question to another unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Consultation, example = json!({"id": "0194f3c0-0000-7000-8000-00000000000f",
    "code": "H55.121-261123-0001", "procedure": "1.009994", "procedure_name": "Cấp giấy phép xây dựng",
    "asking_unit": "0194f3c0-0000-7000-8000-00000000000a", "asking_unit_name": "Ủy ban nhân dân xã Chợ Đồn",
    "unit": "0194f3c0-0000-7000-8000-000000000010", "unit_name": "Sở Xây dựng", "state": "open",
    "question": "Thửa đất có nằm trong quy hoạch giao thông không?",
    "papers": [{"id": "0194f3c0-0000-7000-8000-00000000000c", "name": "Bản vẽ", "file": "0194f3c0-0000-7000-8000-000000000001"}],
    "asked_name": "Triệu Thị Lý", "asked_at": "2026-11-23T02:30:00Z", "due_at": "2026-11-26T10:00:00Z",
    "late": false, "answer": null, "file": null, "answered_name": null, "answered_at": null}))]
pub(crate) struct ConsultationView {
    /// Key; its order is the order of asking.
    id: Uuid,
    /// Code of the dossier it is about.
    code: String,
    /// National code of the procedure.
    procedure: String,
    /// Name of the procedure.
    procedure_name: String,
    /// Unit that asks.
    asking_unit: Uuid,
    /// Name of the unit that asks.
    asking_unit_name: String,
    /// Unit that is asked.
    unit: Uuid,
    /// Name of the unit that is asked.
    unit_name: String,
    /// Where it stands.
    #[schema(value_type = keys::ConsultationState)]
    state: State,
    /// What is asked; absent for readers who are no officers of either unit.
    question: Option<String>,
    /// Papers that are shared while the question is open.
    papers: Vec<SharedPaper>,
    /// Name of who asked.
    asked_name: String,
    /// Asked.
    asked_at: DateTime<Utc>,
    /// Last moment in time to answer.
    due_at: DateTime<Utc>,
    /// Answered after it was due, or due and not answered.
    late: bool,
    /// The answer; absent for readers who are no officers of either unit.
    answer: Option<String>,
    /// Key of the file that came with the answer.
    file: Option<Uuid>,
    /// Name of who answered.
    answered_name: Option<String>,
    /// Answered.
    answered_at: Option<DateTime<Utc>>,
}

/// A paper that the unit may read while the question is open.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharedPaper {
    /// Key.
    id: Uuid,
    /// Name for people.
    name: String,
    /// Key of the file; read it at `/v1/files/{id}/content`.
    file: Option<Uuid>,
}

/// The version of a consultation: it changes once, when it is answered or closed.
pub(super) fn version_of(row: &Model) -> i32 {
    if row.state == State::Open.key() { 1 } else { 2 }
}

impl Office {
    /// Views of a page of consultations; `words` says whether the reader is an officer of either unit.
    pub(crate) async fn consultation_views<C: ConnectionTrait>(
        &self,
        db: &C,
        rows: Vec<Model>,
        words: bool,
        at: DateTime<Utc>,
    ) -> Result<Vec<ConsultationView>, Problem> {
        let (dossiers, papers) = consultations::beside(db, &rows).await?;
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            let dossier = dossiers.iter().find(|dossier| dossier.id == row.dossier_id);
            let dossier = dossier.ok_or(Error::NotFound("dossier"))?;
            views.push(self.consultation_view(db, row, (dossier, &papers), words, at).await?);
        }
        Ok(views)
    }

    async fn consultation_view<C: ConnectionTrait>(
        &self,
        db: &C,
        row: Model,
        (dossier, papers): (&dossiers::Model, &[papers::Model]),
        words: bool,
        at: DateTime<Utc>,
    ) -> Result<ConsultationView, Problem> {
        let revised = self.catalogue.revision(db, dossier.revision_id).await?;
        let asking = self.catalogue.unit(db, row.asking_unit_id, at).await?;
        let unit = self.catalogue.unit(db, row.unit_id, at).await?;
        let shared = consultations::shared(&row)?;
        let shown = papers.iter().filter(|paper| words && shared.contains(&paper.id));
        let state: State = from_key("consultations.state", &row.state)?;
        let question = words.then(|| consultations::question(&self.sealer, &row)).transpose()?;
        let answer = if words { consultations::answer(&self.sealer, &row)? } else { None };
        Ok(ConsultationView {
            code: dossier.code.clone(),
            procedure: revised.national_code.clone(),
            procedure_name: revised.content.name.clone(),
            asking_unit_name: asking.row.name.clone(),
            unit_name: unit.row.name.clone(),
            state,
            question,
            papers: shown.map(SharedPaper::of).collect(),
            late: state != State::Closed && row.answered_at.unwrap_or(at) > row.due_at,
            answer,
            file: row.file_id.filter(|_| words),
            id: row.id,
            asking_unit: row.asking_unit_id,
            unit: row.unit_id,
            asked_name: row.asked_name,
            asked_at: row.asked_at,
            due_at: row.due_at,
            answered_name: row.answered_name,
            answered_at: row.answered_at,
        })
    }
}

impl SharedPaper {
    fn of(paper: &papers::Model) -> Self {
        Self { id: paper.id, name: paper.name.clone(), file: paper.file_id }
    }
}
