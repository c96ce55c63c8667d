//! A dossier whose message is not published, found by the JSON pointers (RFC 6901) that the settings hold.

use super::reading::{CODE, NAME, WORDS, bad, bytes, missing, single};
use crate::{
    failure::Failure,
    portal::{Inbound, Misread, PortalDossier, PortalPaper},
    trip::read_stamp,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

/// Where the members of a message are. Example: `{"national_id": "/data/MaHoSoQG", "procedure_code": "/data/MaTTHC",
/// "applicant_name": "/data/ChuHoSo/Ten", "updating": {"at": "/isUpdating", "values": ["true"]}}`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapped {
    /// The portal's key of the dossier.
    pub national_id: String,
    /// National procedure code.
    pub procedure_code: String,
    /// Name of the owner.
    pub applicant_name: String,
    /// When the message amends a dossier that came before; without it every message is a new one.
    #[serde(default)]
    pub updating: Option<Among>,
    /// When the owner is an organisation; without it every owner is a person.
    #[serde(default)]
    pub organisation: Option<Among>,
    /// Organisation code of the unit.
    #[serde(default)]
    pub unit_code: Option<String>,
    /// When it was handed in, as `yyyyMMddHHmmss` or RFC 3339.
    #[serde(default)]
    pub submitted_at: Option<String>,
    /// Identity number or tax number.
    #[serde(default)]
    pub number: Option<String>,
    /// Technical account.
    #[serde(default)]
    pub account: Option<String>,
    /// Telephone.
    #[serde(default)]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(default)]
    pub email: Option<String>,
    /// Address in words.
    #[serde(default)]
    pub address: Option<String>,
    /// Code of the commune.
    #[serde(default)]
    pub place_code: Option<String>,
    /// What it is about.
    #[serde(default)]
    pub summary: Option<String>,
    /// What the person filled in.
    #[serde(default)]
    pub form: Option<String>,
    /// When the result goes home by post; without it the message does not say.
    #[serde(default)]
    pub returns_by_post: Option<Among>,
    /// The list of papers.
    #[serde(default)]
    pub papers: Option<String>,
    /// Members of one paper.
    #[serde(default)]
    pub paper: MappedPaper,
}

/// A statement that is true when the value at a place is one of these.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Among {
    /// Where.
    pub at: String,
    /// Values that make it true; `true` and numbers are told by their text.
    pub values: Vec<String>,
}

/// Where the members of one paper are, seen from the paper.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MappedPaper {
    /// Name of the file.
    pub name: String,
    /// National code of the component.
    pub component_code: String,
    /// Its bytes as base64.
    pub bytes: String,
    /// A link to it.
    pub link: String,
}

impl Default for MappedPaper {
    fn default() -> Self {
        Self {
            name: "/TenTepDinhKem".to_owned(),
            component_code: "/MaThanhPhanHoSo".to_owned(),
            bytes: "/Base64".to_owned(),
            link: "/DuongDanTaiTepTin".to_owned(),
        }
    }
}

impl Mapped {
    /// Fails when one of the pointers is none.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let optional = [
            &self.unit_code,
            &self.submitted_at,
            &self.number,
            &self.account,
            &self.phone,
            &self.email,
            &self.address,
            &self.place_code,
            &self.summary,
            &self.form,
            &self.papers,
        ];
        let among = [&self.updating, &self.organisation, &self.returns_by_post];
        let paper = &self.paper;
        let all = [&self.national_id, &self.procedure_code, &self.applicant_name]
            .into_iter()
            .chain(optional.into_iter().flatten())
            .chain(among.into_iter().flatten().map(|among| &among.at))
            .chain([&paper.name, &paper.component_code, &paper.bytes, &paper.link]);
        match all.into_iter().find(|pointer| !pointer.starts_with('/')) {
            Some(_) => {
                Err(Failure::fail("inbox: a pointer of the mapped message does not begin with a slash"))
            }
            None => Ok(()),
        }
    }
}

/// The dossier of a message.
pub(super) fn read(mapped: &Mapped, message: &Value) -> Result<Inbound, Misread> {
    let told = |at: &Option<String>, most| at.as_ref().map_or(Ok(None), |at| found(message, at, most));
    let dossier = Box::new(PortalDossier {
        national_id: needed(message, &mapped.national_id, CODE)?,
        procedure_code: needed(message, &mapped.procedure_code, CODE)?,
        unit_code: told(&mapped.unit_code, CODE)?,
        submitted_at: moment(message, mapped.submitted_at.as_ref())?,
        applicant_name: needed(message, &mapped.applicant_name, NAME)?,
        is_organisation: holds(message, mapped.organisation.as_ref())?.unwrap_or_default(),
        number: told(&mapped.number, CODE)?,
        account: told(&mapped.account, CODE)?,
        phone: told(&mapped.phone, CODE)?,
        email: told(&mapped.email, NAME)?,
        address: told(&mapped.address, WORDS)?,
        place_code: told(&mapped.place_code, CODE)?,
        summary: told(&mapped.summary, WORDS)?,
        form: mapped.form.as_ref().and_then(|at| message.pointer(at)).cloned().unwrap_or_default(),
        papers: papers(mapped, message)?,
        returns_by_post: holds(message, mapped.returns_by_post.as_ref())?,
    });
    let updating = holds(message, mapped.updating.as_ref())?.unwrap_or_default();
    Ok(if updating { Inbound::Supplement(dossier) } else { Inbound::NewDossier(dossier) })
}

fn found(message: &Value, at: &str, most: usize) -> Result<Option<String>, Misread> {
    single(message.pointer(at), at, most)
}

fn needed(message: &Value, at: &str, most: usize) -> Result<String, Misread> {
    found(message, at, most)?.ok_or_else(|| missing(at))
}

fn moment(message: &Value, at: Option<&String>) -> Result<Option<DateTime<Utc>>, Misread> {
    let Some(at) = at else { return Ok(None) };
    let Some(text) = found(message, at, CODE)? else { return Ok(None) };
    let iso = DateTime::parse_from_rfc3339(&text).map(|at| at.to_utc()).ok();
    read_stamp(&text).or(iso).map(Some).ok_or_else(|| bad(at))
}

// None where the settings or the message do not say.
fn holds(message: &Value, among: Option<&Among>) -> Result<Option<bool>, Misread> {
    let Some(among) = among else { return Ok(None) };
    let told = match message.pointer(&among.at) {
        Some(Value::Bool(yes)) => Some(yes.to_string()),
        other => single(other, &among.at, CODE)?,
    };
    Ok(told.map(|told| among.values.contains(&told)))
}

fn papers(mapped: &Mapped, message: &Value) -> Result<Vec<PortalPaper>, Misread> {
    let Some(at) = &mapped.papers else { return Ok(Vec::new()) };
    let items = match message.pointer(at) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(items)) => items,
        Some(_) => return Err(bad(at)),
    };
    let names = &mapped.paper;
    let paper = |item: &Value| {
        Ok(PortalPaper {
            name: needed(item, &names.name, NAME)?,
            component_code: found(item, &names.component_code, CODE)?,
            bytes: bytes(item.pointer(&names.bytes), &names.bytes)?,
            link: found(item, &names.link, WORDS)?,
        })
    };
    items.iter().map(paper).collect()
}
