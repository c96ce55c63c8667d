//! The body of a submission, as integrators see it.

use super::MandateBody;
use chrono::{DateTime, NaiveDate, Utc};
use entities::dossiers::applicant::{Address, Applicant};
use entities::dossiers::application::{Application, PaperIn, ReturnMethod, Source, Taken};
use entities::tables::paper_sources;
use rules::fees::PersonCondition;
use rules::procedure::{ApplicantKind, Channel};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// An application to hand in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Submission {
    /// National code of the procedure.
    #[schema(max_length = 30, example = "2.000815")]
    procedure: String,
    /// Receiving unit.
    unit: Uuid,
    /// Competent unit, when another than the receiving one; the procedure must be received for other places.
    #[serde(default)]
    authority: Option<Uuid>,
    /// Unit that helped the person to hand it in.
    #[serde(default)]
    support_unit: Option<Uuid>,
    /// By post: when postman and agency signed the hand-over minutes; not later than now.
    #[serde(default)]
    handed_over_at: Option<DateTime<Utc>>,
    /// Way it comes in; citizens hand in `online`.
    #[schema(value_type = String, example = "online", pattern = "^(desk|online|post)$")]
    channel: Channel,
    /// Kind of applicant.
    #[schema(value_type = String, example = "citizen", pattern = "^(citizen|enterprise|state_body|organisation)$")]
    applicant_kind: ApplicantKind,
    /// Who it is for.
    applicant: ApplicantBody,
    /// The e-form, as the procedure's `form_schema` asks.
    #[schema(value_type = Object)]
    form: serde_json::Value,
    /// The papers.
    #[serde(default)]
    #[schema(max_items = 100)]
    papers: Vec<PaperBody>,
    /// How the result goes back.
    #[schema(value_type = String, example = "post", pattern = "^(desk|post|electronic)$")]
    return_method: ReturnMethod,
    /// Units of the counted fees, such as pages; 1 when absent.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100_000)]
    quantity: Option<u32>,
    /// What the applicant says to be, so that less is asked; a relief with evidence needs that paper too.
    #[serde(default)]
    #[schema(value_type = Vec<crate::catalogue::keys::PersonCondition>, max_items = 20)]
    claims: Vec<PersonCondition>,
    /// On what ground you hand in online for somebody else; required when the applicant is not you.
    #[serde(default)]
    mandate: Option<MandateBody>,
}

/// A person or organisation.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Applicant)]
pub(crate) struct ApplicantBody {
    /// Full name.
    #[schema(max_length = 200, example = "Nguyễn Thị Mẫu")]
    name: String,
    /// Personal id, old identity card or tax code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 20)]
    id_number: Option<String>,
    /// Date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    born_on: Option<NaiveDate>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 20)]
    phone: Option<String>,
    /// E-mail address notices go to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    email: Option<String>,
    /// Postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<AddressBody>,
}

/// A postal address.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Address)]
pub(crate) struct AddressBody {
    /// House, street, village.
    #[schema(max_length = 300)]
    line: String,
    /// Five-digit code of the commune, in force on the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commune_code: Option<String>,
    /// Name of the commune.
    #[schema(max_length = 100)]
    commune: String,
    /// Name of the district, before 01/07/2025.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    district: Option<String>,
    /// Name of the province.
    #[schema(max_length = 100)]
    province: String,
    /// Location id of 12 digits (mã định danh địa điểm), when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 12, example = "190018400123")]
    location_id: Option<String>,
}

/// One paper handed in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PaperBody {
    /// Code of the component.
    #[schema(max_length = 60, example = "CC-01")]
    component: String,
    /// Key of the uploaded file; absent for a paper only seen at the desk.
    #[serde(default)]
    file: Option<Uuid>,
    /// What it is satisfied by; `database` and `vneid` are told by the receiving officer alone.
    #[serde(default)]
    #[schema(value_type = String, example = "new", pattern = "^(new|reused|database|vneid)$")]
    source: Source,
    /// The document of the applicant's store that stands for it, when it is `reused`.
    #[serde(default)]
    document: Option<Uuid>,
    /// What was asked elsewhere instead, when it is `database` or `vneid`.
    #[serde(default)]
    taken: Option<TakenBody>,
}

/// A look into a database or VNeID that took the place of a paper.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Taken, example = json!({"database": "CSDLQGVDC", "query": "K01-261123-000042", "at": "2026-11-23T01:00:00Z"}))]
pub(crate) struct TakenBody {
    /// Code of the database; absent for VNeID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 60)]
    pub(super) database: Option<String>,
    /// Key of the query there.
    #[schema(max_length = 200)]
    pub(super) query: String,
    /// When it was asked; not later than now.
    pub(super) at: DateTime<Utc>,
}

impl From<Submission> for Application {
    fn from(body: Submission) -> Self {
        Self {
            procedure: body.procedure,
            unit: body.unit,
            authority: body.authority,
            support_unit: body.support_unit,
            handed_over_at: body.handed_over_at,
            channel: body.channel,
            applicant_kind: body.applicant_kind,
            applicant: body.applicant.into(),
            form: body.form,
            papers: body.papers.into_iter().map(Into::into).collect(),
            return_method: body.return_method,
            quantity: body.quantity,
            claims: body.claims,
            mandate: body.mandate.map(Into::into),
        }
    }
}

impl From<PaperBody> for PaperIn {
    fn from(body: PaperBody) -> Self {
        let taken = body.taken.map(|t| Taken { database: t.database, query: t.query, at: t.at });
        Self {
            component: body.component,
            file: body.file,
            source: body.source,
            document: body.document,
            taken,
        }
    }
}

impl From<&paper_sources::Model> for TakenBody {
    fn from(row: &paper_sources::Model) -> Self {
        let database = Some(row.database_code.clone()).filter(|code| code != "vneid");
        Self { database, query: row.query_id.clone(), at: row.taken_at }
    }
}

impl From<ApplicantBody> for Applicant {
    fn from(body: ApplicantBody) -> Self {
        let ApplicantBody { name, id_number, born_on, phone, email, address } = body;
        let address = address.map(|a| Address {
            line: a.line,
            commune_code: a.commune_code,
            commune: a.commune,
            district: a.district,
            province: a.province,
            location_id: a.location_id,
        });
        Self { name, id_number, born_on, phone, email, address, tech_id: None }
    }
}

impl From<Applicant> for ApplicantBody {
    fn from(known: Applicant) -> Self {
        let address = known.address.map(|a| AddressBody {
            line: a.line,
            commune_code: a.commune_code,
            commune: a.commune,
            district: a.district,
            province: a.province,
            location_id: a.location_id,
        });
        let Applicant { name, id_number, born_on, phone, email, .. } = known;
        Self { name, id_number, born_on, phone, email, address }
    }
}
