//! A dossier as its readers see it: in full, or with the person masked.

use super::{ApplicantBody, HandedInBy};
use crate::catalogue::QuotedFees;
use crate::office::Office;
use crate::problems::Problem;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::chronicle::looks;
use entities::dossiers::applicant::Applicant;
use entities::dossiers::process::Originals;
use entities::dossiers::{originals, parties, reading};
use entities::tables::dossiers::Model;
use rules::access::{self, Sight, Thing, masking};
use rules::actor::Actor;
use rules::fees::Quote;
use rules::lang::Lang;
use rules::status::Status;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A dossier.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Dossier, example = json!({"id": "0194f3c0-0000-7000-8000-00000000000b", "code": "H55.121-261123-0001", "status": "received",
    "status_code": 2, "status_name": "Được tiếp nhận", "step": null, "turn": "agency", "assignee_name": null,
    "applicant_name": "Nguyễn Thị Mẫu", "unit": "0194f3c0-0000-7000-8000-00000000000a",
    "authority": "0194f3c0-0000-7000-8000-00000000000a", "channel": "online",
    "return_method": "post", "fee_total": 12000, "fee_state": "owed", "submitted_at": "2026-11-23T01:00:00Z",
    "answer_due_at": "2026-11-23T10:00:00Z", "received_at": "2026-11-23T02:30:00Z",
    "due_at": "2026-11-23T10:00:00Z", "first_due_at": "2026-11-23T10:00:00Z", "extensions": 0, "decided_at": null, "returned_at": null, "version": 2, "procedure": "2.000815", "procedure_name": "Chứng thực bản sao từ bản chính",
    "unit_name": "Ủy ban nhân dân xã Chợ Đồn", "authority_name": "Ủy ban nhân dân xã Chợ Đồn", "support_unit": null,
    "handed_over_at": null, "opened_by": null, "applicant": {"name": "Nguyễn Thị Mẫu", "phone": "0200000001"},
    "form": {"pages": 2, "copies": 3}, "quote": {"lines": [], "phi": 12000, "le_phi": 0, "total": 12000, "not_given": []}, "lookup_secret": "K7QF2M9X"}))]
pub(crate) struct DossierView {
    #[serde(flatten)]
    line: DossierLine,
    /// National code of the procedure.
    #[schema(example = "2.000815")]
    procedure: String,
    /// Name of the procedure in the revision of this dossier.
    procedure_name: String,
    /// Name of the receiving unit.
    unit_name: String,
    /// Name of the competent unit.
    authority_name: String,
    /// Unit that helped the person to hand it in.
    support_unit: Option<Uuid>,
    /// By post: when the hand-over minutes were signed, the legal time of handing in.
    handed_over_at: Option<DateTime<Utc>>,
    /// The national portal's own key, for a dossier that was handed in there.
    national_id: Option<String>,
    /// When it was handed in there, as the portal tells it.
    sent_at: Option<DateTime<Utc>>,
    /// Who handed it in for the applicant; absent for the applicant's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    handed_in_by: Option<HandedInBy>,
    /// The unit that opened it for a dossier of its own and leads; none for a dossier of its own.
    opened_by: Option<Uuid>,
    /// Who it is for; absent for readers who see persons masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    applicant: Option<ApplicantBody>,
    /// The e-form; absent for readers who see persons masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    form: Option<serde_json::Value>,
    /// Reasons to look twice at the applicant's number, in the reader's language; never a reason to refuse.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    doubts: Vec<String>,
    /// What was asked at submission: lines with their reliefs, phí and lệ phí apart, in đồng.
    quote: QuotedFees,
    /// Originals that the desk kept for comparison; absent when there were none.
    #[serde(skip_serializing_if = "Option::is_none")]
    originals: Option<KeptOriginals>,
    /// Secret for the public look-up, as printed on the receipt; only for the person it belongs to and the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    lookup_secret: Option<String>,
}

/// Originals that go back to the person with the result (L-46).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptOriginals {
    /// Codes of their components.
    components: Vec<String>,
    /// Taken in.
    kept_at: DateTime<Utc>,
    /// Name of who took them in.
    kept_by: String,
    /// Given back; none while they are here.
    returned_at: Option<DateTime<Utc>>,
    /// Name of who gave them back.
    returned_by: Option<String>,
}

/// A dossier in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierLine, example = json!({"id": "0194f3c0-0000-7000-8000-00000000000b", "code": "H55.121-261123-0001", "status": "received",
    "status_code": 2, "status_name": "Được tiếp nhận", "step": null, "turn": "agency", "assignee_name": null,
    "applicant_name": "Nguyễn Thị Mẫu", "unit": "0194f3c0-0000-7000-8000-00000000000a",
    "authority": "0194f3c0-0000-7000-8000-00000000000a", "channel": "online",
    "return_method": "post", "fee_total": 12000, "fee_state": "owed", "submitted_at": "2026-11-23T01:00:00Z",
    "answer_due_at": "2026-11-23T10:00:00Z", "received_at": "2026-11-23T02:30:00Z",
    "due_at": "2026-11-23T10:00:00Z", "first_due_at": "2026-11-23T10:00:00Z", "extensions": 0, "decided_at": null, "returned_at": null, "version": 2}))]
pub(crate) struct DossierLine {
    /// Key.
    pub(crate) id: Uuid,
    /// Mã số hồ sơ.
    #[schema(example = "H03.10.14-261123-0001")]
    code: String,
    /// National status.
    #[schema(example = "received")]
    status: String,
    /// National code of the status, 1 to 10.
    status_code: u8,
    /// Name of the status in the reader's language.
    status_name: &'static str,
    /// Internal step.
    step: Option<String>,
    /// Who has the turn: `agency`, `applicant`, `handover`, `nobody`, or `held` while it waits for one before it.
    turn: String,
    /// Name of the officer who has it.
    assignee_name: Option<String>,
    /// Name of the applicant, masked where the reader may not see persons.
    applicant_name: String,
    /// Receiving unit.
    unit: Uuid,
    /// Competent unit; another than the receiving one for a dossier of another place.
    authority: Uuid,
    /// `desk`, `online` or `post`.
    channel: String,
    /// How the result goes back.
    return_method: String,
    /// Sum asked in đồng.
    fee_total: i64,
    /// `none`, `owed` or `paid`.
    fee_state: String,
    /// Handed in.
    submitted_at: DateTime<Utc>,
    /// By when the submission must be answered.
    answer_due_at: Option<DateTime<Utc>>,
    /// Received.
    received_at: Option<DateTime<Utc>>,
    /// Due; absent while the clock stands.
    due_at: Option<DateTime<Utc>>,
    /// The due moment first promised, whatever came later (L-41).
    first_due_at: Option<DateTime<Utc>>,
    /// How often the due date was put off with an apology; the law allows it once (L-42).
    extensions: i32,
    /// Result issued.
    decided_at: Option<DateTime<Utc>>,
    /// Result handed over.
    returned_at: Option<DateTime<Utc>>,
    /// Row version, the ETag.
    version: i32,
}

impl DossierLine {
    pub(crate) fn of(dossier: Model, sight: Sight, lang: Lang) -> Result<Self, Problem> {
        let status = Status::from_key(&dossier.status);
        let status = status.ok_or_else(|| Error::damaged("dossiers.status", &dossier.status))?;
        let whole = sight == Sight::Full;
        let name = if whole { dossier.applicant_name } else { masking::name(&dossier.applicant_name) };
        Ok(Self {
            id: dossier.id,
            code: dossier.code,
            status: dossier.status,
            status_code: status.code(),
            status_name: lang.pick(status.name_vi(), status.name_en()),
            step: dossier.step,
            turn: dossier.turn,
            assignee_name: dossier.assignee_name,
            applicant_name: name,
            unit: dossier.unit_id,
            authority: dossier.authority_id,
            channel: dossier.channel,
            return_method: dossier.return_method,
            fee_total: dossier.fee_total,
            fee_state: dossier.fee_state,
            submitted_at: dossier.submitted_at,
            answer_due_at: dossier.answer_due_at,
            received_at: dossier.received_at,
            due_at: dossier.due_at,
            first_due_at: dossier.first_due_at,
            extensions: dossier.extensions,
            decided_at: dossier.decided_at,
            returned_at: dossier.returned_at,
            version: dossier.version,
        })
    }
}

impl Office {
    /// A dossier in a list: the person masked unless it is the reader's own, or the reader sees them in full and said
    /// what for; then the look is gathered for the chronicle.
    pub(crate) fn line(
        &self,
        dossier: Model,
        (by, purpose): (&Actor, Option<&str>),
        lang: Lang,
    ) -> Result<DossierLine, Problem> {
        let parties = parties(&dossier, by, &self.sealer);
        let sight = match (access::sight_of(by, Thing::Person, parties), purpose) {
            (Sight::Full, None) if !parties.mine => Sight::Masked,
            (sight, _) => sight,
        };
        if let (Sight::Full, Some(purpose)) = (sight, purpose) {
            looks::named(&self.sealer, by, &dossier, purpose);
        }
        DossierLine::of(dossier, sight, lang)
    }

    /// The whole view of a dossier for a reader with this sight.
    pub(crate) async fn view<C: ConnectionTrait>(
        &self,
        db: &C,
        dossier: Model,
        sight: Sight,
        (lang, at): (Lang, DateTime<Utc>),
    ) -> Result<DossierView, Problem> {
        let revised = self.catalogue.revision(db, dossier.revision_id).await?;
        let unit = self.catalogue.unit(db, dossier.unit_id, at).await?;
        let authority = self.catalogue.unit(db, dossier.authority_id, at).await?;
        let full = sight == Sight::Full;
        let applicant = full.then(|| reading::applicant(&self.sealer, &dossier)).transpose()?;
        let form = full.then(|| reading::form(&self.sealer, &dossier)).transpose()?;
        let doubts = applicant.as_ref().map(Applicant::doubts).unwrap_or_default();
        Ok(DossierView {
            doubts: doubts.into_iter().map(|doubt| doubt.words(lang)).collect(),
            procedure: revised.national_code.clone(),
            procedure_name: revised.content.name.clone(),
            unit_name: unit.row.name.clone(),
            authority_name: authority.row.name.clone(),
            support_unit: dossier.support_unit_id,
            handed_over_at: dossier.handed_over_at,
            national_id: dossier.national_id.clone(),
            sent_at: dossier.sent_at,
            handed_in_by: self.handed_in_by(db, &dossier, (sight, lang)).await?,
            opened_by: entities::dossiers::sender(&dossier),
            applicant: applicant.map(Into::into),
            form,
            quote: entities::columns::from_json::<Quote>("dossiers.quote", &dossier.quote)?.into(),
            originals: originals::of(&dossier)?.map(Into::into),
            lookup_secret: full.then(|| self.sealer.lookup_secret(dossier.id)),
            line: DossierLine::of(dossier, sight, lang)?,
        })
    }
}

impl From<Originals> for KeptOriginals {
    fn from(kept: Originals) -> Self {
        let Originals { components, kept_at, kept_by, returned_at, returned_by } = kept;
        Self { components, kept_at, kept_by, returned_at, returned_by }
    }
}
