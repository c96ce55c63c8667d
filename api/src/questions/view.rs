//! The JSON form of a question.

use chrono::{DateTime, NaiveDate, Utc};
use entities::Error;
use entities::chronicle::looks;
use entities::questions::{Model, asked};
use entities::sealing::Sealer;
use rules::access::masking;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A question that a citizen put at the national portal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Question, example = json!({"id": "019a0000-0000-7000-8000-000000000001", "portal_key": "HD-2026-118",
    "unit_code": "H55.101", "unit": "019a0000-0000-7000-8000-000000000002", "field_code": "G15-CT01",
    "procedure": "2.000815", "content": "Chứng thực bản sao cần những giấy tờ gì?", "asked_by": "Nguyễn Thị Mẫu",
    "email": "mau@vidu.example", "phone": null, "state": "open", "received_at": "2026-11-18T02:00:00Z",
    "due_on": "2026-12-09", "answer": null, "answered_by": null, "answered_at": null, "told_at": null}))]
pub(crate) struct QuestionView {
    /// Key.
    id: Uuid,
    /// The portal's key.
    portal_key: String,
    /// Organisation code of the unit it is put to.
    unit_code: String,
    /// That unit, where the office knows the code.
    unit: Option<Uuid>,
    /// Code of the field, where named.
    field_code: Option<String>,
    /// National procedure code, where named.
    procedure: Option<String>,
    /// The question.
    content: String,
    /// Who asked, where told.
    asked_by: Option<String>,
    /// E-mail, where told.
    email: Option<String>,
    /// Telephone, where told.
    phone: Option<String>,
    /// `open`, `answered`, or `told` when the portal has the answer.
    #[schema(example = "open")]
    state: String,
    /// First read from the portal.
    received_at: DateTime<Utc>,
    /// Last local day to answer: 15 working days (QĐ 766/QĐ-TTg).
    due_on: NaiveDate,
    /// The answer.
    answer: Option<String>,
    /// Who answered.
    answered_by: Option<String>,
    /// Answered.
    answered_at: Option<DateTime<Utc>>,
    /// The portal has taken the answer.
    told_at: Option<DateTime<Utc>>,
}

impl QuestionView {
    /// A question in a list: who asked is masked, unless persons are named for a purpose.
    pub(super) fn in_list(sealer: &Sealer, row: Model, purpose: Option<&str>) -> Result<Self, Error> {
        let whole = Self::of(sealer, row)?;
        if let Some(purpose) = purpose {
            looks::opened(None, whole.id, purpose);
            return Ok(whole);
        }
        Ok(Self {
            asked_by: whole.asked_by.as_deref().map(masking::name),
            email: whole.email.as_deref().map(masking::number),
            phone: whole.phone.as_deref().map(masking::number),
            ..whole
        })
    }

    pub(super) fn of(sealer: &Sealer, row: Model) -> Result<Self, Error> {
        let asked = asked(sealer, &row)?;
        Ok(Self {
            id: row.id,
            portal_key: row.portal_key,
            unit_code: row.unit_code,
            unit: row.unit_id,
            field_code: row.field_code,
            procedure: row.national_code,
            content: asked.content,
            asked_by: asked.name,
            email: asked.email,
            phone: asked.phone,
            state: row.state,
            received_at: row.received_at,
            due_on: row.due_on,
            answer: row.answer,
            answered_by: row.answered_name,
            answered_at: row.answered_at,
            told_at: row.told_at,
        })
    }
}
