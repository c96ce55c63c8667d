//! Taking a wrong result back, and the results that were taken back.

use super::{Reason, RecordedAct};
use crate::identity::Asker;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use entities::dossiers::acts::Act;
use entities::dossiers::{correcting, reading};
use rules::access::Sight;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A result that was taken back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Correction, example = json!({"seq": 1, "entry": 8, "outcome": "granted", "number": "12/2026/KS",
    "result_code": "KQ-01", "file": "0194f3c0-0000-7000-8000-000000000002", "signed_by": "Nông Văn Duyệt",
    "decided_at": "2026-11-24T02:00:00Z", "reason": "Sai ngày sinh.", "corrected_name": "Nông Văn Duyệt",
    "corrected_at": "2026-11-24T08:00:00Z"}))]
pub(crate) struct CorrectionView {
    /// 1, 2, 3 … within the dossier.
    seq: i32,
    /// Number of the history entry.
    entry: i32,
    /// What the revoked decision said: `granted` or `rejected`.
    #[schema(example = "granted")]
    outcome: String,
    /// Its số, ký hiệu.
    number: String,
    /// Its result code.
    result_code: String,
    /// Key of its file, which the officers of the dossier may read.
    file: Uuid,
    /// Name of its signer.
    signed_by: String,
    /// Issued.
    decided_at: DateTime<Utc>,
    /// What was wrong; absent for readers who see persons masked.
    reason: Option<String>,
    /// Name of who took it back.
    corrected_name: String,
    /// Taken back.
    corrected_at: DateTime<Utc>,
}

/// Take a wrong result back to correct it
///
/// By the approver, before it is handed over, at the agency's cost: the decision is kept aside, the dossier stands at its
/// last step again and its first due date goes on to count (NĐ 61/2018 Đ21).
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Reason, example = json!({"reason": "Sai ngày sinh của người được chứng nhận."})),
    responses((status = 201, body = RecordedAct, description = "Done and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/correction")]
pub(crate) async fn correct_result(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Reason>,
) -> Result<HttpResponse, Problem> {
    office.act(ask, *id, seen, |body| Act::Correct { reason: body.reason }).await
}

/// List the results of a dossier that were taken back
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<CorrectionView>))
)]
#[get("/v1/dossiers/{id}/corrections")]
pub(crate) async fn list_corrections(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = reading::find(db, &office.sealer, &asker, *id).await?;
    let rows = correcting::of_dossier(db, dossier.id).await?;
    let view = |row: entities::tables::corrections::Model| -> Result<CorrectionView, Problem> {
        let reason = (sight == Sight::Full).then(|| correcting::reason(&office.sealer, &row)).transpose()?;
        Ok(CorrectionView {
            seq: row.seq,
            entry: row.entry,
            outcome: row.outcome,
            number: row.number,
            result_code: row.result_code,
            file: row.file_id,
            signed_by: row.signed_by,
            decided_at: row.decided_at,
            reason,
            corrected_name: row.corrected_name,
            corrected_at: row.corrected_at,
        })
    };
    Ok(HttpResponse::Ok().json(rows.into_iter().map(view).collect::<Result<Vec<_>, _>>()?))
}
