//! Who handed a dossier in for its applicant: as it is said, as it is shown, and its ending.

use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use entities::dossiers::mandates;
use entities::tables::dossiers::Model;
use entities::tables::mandates::Model as Row;
use rules::access::{Sight, masking};
use rules::lang::Lang;
use rules::mandates::{Ground, Mandate, Way};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// On what ground you hand in online for somebody else; left out for yourself.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Mandate, example = json!({"ground": "helper", "way": "spoken", "given_on": "2026-11-23", "until": "2026-12-31",
    "witness": "Lý Thị Chứng"}))]
pub(crate) struct MandateBody {
    /// `helper` of a community digital team with the person's consent, `proxy` with a power of attorney, `representative`
    /// of an organisation with a letter of introduction, or `guardian`: parent or guardian.
    #[schema(value_type = String, example = "proxy", pattern = "^(helper|proxy|representative|guardian)$")]
    ground: Ground,
    /// `signed` on a paper or `spoken` before a witness; a helper says it, anything else but a guardian's is signed.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "signed", pattern = "^(signed|spoken)$")]
    way: Option<Way>,
    /// Day on which it was given, not later than today; a helper's consent is at most 30 days old.
    #[serde(default)]
    given_on: Option<NaiveDate>,
    /// Last day on which it holds. A helper says it, at most 180 days after the consent; a power of attorney without one
    /// holds for a year.
    #[serde(default)]
    until: Option<NaiveDate>,
    /// Name of who was there when the consent was said.
    #[serde(default)]
    #[schema(max_length = 200)]
    witness: Option<String>,
    /// Key of the signed paper, which you uploaded.
    #[serde(default)]
    proof: Option<Uuid>,
}

impl From<MandateBody> for Mandate {
    fn from(body: MandateBody) -> Self {
        let MandateBody { ground, way, given_on, until, witness, proof } = body;
        Self { ground, way, given_on, until, witness, proof }
    }
}

/// Who handed a dossier in for its applicant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"ground": "helper", "ground_name": "Người hỗ trợ, được người đề nghị đồng ý", "way": "spoken",
    "name": "Bàn Văn Giúp", "witness": "Lý Thị Chứng", "given_on": "2026-11-23", "until": "2026-12-31", "proof": null,
    "recorded_at": "2026-11-23T01:00:00Z", "ended_at": null, "ended_reason": null}))]
pub(crate) struct HandedInBy {
    /// `helper`, `proxy`, `representative` or `guardian`.
    ground: String,
    /// Its name in the reader's language.
    ground_name: &'static str,
    /// `signed` or `spoken`; none where nobody had to give their word.
    way: Option<String>,
    /// Name of who handed in, masked where the reader may not see persons.
    name: String,
    /// Name of the witness; absent for readers who see persons masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<String>,
    /// Day on which it was given.
    given_on: Option<NaiveDate>,
    /// Last day on which it holds; none while it is not ended.
    until: Option<NaiveDate>,
    /// Key of the file that shows it, read like the papers of the dossier.
    proof: Option<Uuid>,
    /// Recorded.
    recorded_at: DateTime<Utc>,
    /// Ended before its last day.
    ended_at: Option<DateTime<Utc>>,
    /// Why it was ended; absent for readers who see persons masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_reason: Option<String>,
}

/// Why a mandate ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MandateEnding {
    /// In words.
    #[schema(max_length = 1000, example = "Tôi tự làm tiếp, không cần hỗ trợ nữa.")]
    reason: String,
}

/// A mandate that was ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"dossier": "0194f3c0-0000-7000-8000-00000000000b", "ended_at": "2026-11-24T02:00:00Z", "version": 3}))]
pub(crate) struct EndedMandate {
    /// The dossier.
    dossier: Uuid,
    /// From when the dossier does not exist any more for who handed it in.
    ended_at: DateTime<Utc>,
    /// Row version of the dossier, the ETag.
    version: i32,
}

/// End a mandate
///
/// For the applicant, the desk of the receiving unit on their word, and who handed in for them. From then on the dossier
/// does not exist for who handed it in; it stays as it stands, and the applicant goes on with it.
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = MandateEnding, example = json!({"reason": "Tôi tự làm tiếp, không cần hỗ trợ nữa."})),
    responses((status = 201, body = EndedMandate, description = "Ended"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/mandate/ending")]
pub(crate) async fn end_mandate(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<MandateEnding>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let (dossier, _) = facts.door(&office, tx, at, &trace).end_mandate(*id, &body.reason).await?;
            let view = EndedMandate { dossier: dossier.id, ended_at: at, version: dossier.version };
            let answer = Answer::created(format!("/v1/dossiers/{}", dossier.id), &view)?;
            Ok(answer.versioned(dossier.version).through_the_door().ringing([]))
        })
        .await
}

impl Office {
    /// Who handed a dossier in for its applicant; none for one's own.
    pub(super) async fn handed_in_by<C: ConnectionTrait>(
        &self,
        db: &C,
        dossier: &Model,
        (sight, lang): (Sight, Lang),
    ) -> Result<Option<HandedInBy>, Problem> {
        let Some(row) = mandates::of(db, dossier).await? else { return Ok(None) };
        let full = sight == Sight::Full;
        let name = mandates::holder(&self.sealer, &row)?;
        let witness = if full { mandates::witness(&self.sealer, &row)? } else { None };
        let ended_reason = if full { mandates::ended_reason(&self.sealer, &row)? } else { None };
        let ground_name = mandates::ground(&row)?.name(lang);
        let Row { ground, way, given_on, until, proof_id: proof, recorded_at, ended_at, .. } = row;
        let name = if full { name } else { masking::name(&name) };
        Ok(Some(HandedInBy {
            ground,
            ground_name,
            way,
            name,
            witness,
            given_on,
            until,
            proof,
            recorded_at,
            ended_at,
            ended_reason,
        }))
    }
}
