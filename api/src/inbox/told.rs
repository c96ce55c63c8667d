//! From the connector's words to the office's: the same dossier, with what is not told left out.

use crate::manners::ask::unwritable;
use crate::office::Office;
use chrono::{DateTime, Utc};
use connectors::portal::{PortalDossier, PortalPaper};
use entities::Error;
use entities::dossiers::applicant::{Address, Applicant};
use entities::inbox::{Told, ToldPaper};
use entities::places;
use rules::local_time::local_date;
use rules::procedure::ApplicantKind;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What keeps a dossier's texts from being kept; none when all is well.
pub(super) fn unfit(told: &PortalDossier) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_/".contains(c);
    let key = |text: &str| !text.is_empty() && text.len() <= 100 && text.chars().all(plain);
    if !key(&told.national_id) {
        return Some(
            "the key of the dossier is empty, too long or holds other than letters, digits and . - _ /",
        );
    }
    if !key(&told.procedure_code) || !told.unit_code.as_deref().is_none_or(key) {
        return Some("the code of the procedure or of the unit is none");
    }
    let texts = serde_json::to_value(light(told)).unwrap_or(Value::Null);
    unwritable(&texts).map(|_| "a text holds a character that cannot be kept (U+0000)")
}

/// Blind index of everything told, the bytes of papers among it.
pub(super) fn fingerprint(office: &Office, told: &PortalDossier) -> String {
    let mut digest = Sha256::new();
    digest.update(serde_json::to_vec(&light(told)).unwrap_or_default());
    for paper in &told.papers {
        digest.update(Sha256::digest(paper.bytes.as_deref().unwrap_or_default()));
    }
    office.sealer.index("portal_message", &hex::encode(digest.finalize()))
}

fn light(told: &PortalDossier) -> PortalDossier {
    let papers = told.papers.iter();
    let papers = papers.map(|paper| PortalPaper { bytes: None, ..without_bytes(paper) }).collect();
    PortalDossier {
        papers,
        national_id: told.national_id.clone(),
        procedure_code: told.procedure_code.clone(),
        unit_code: told.unit_code.clone(),
        submitted_at: told.submitted_at,
        applicant_name: told.applicant_name.clone(),
        is_organisation: told.is_organisation,
        number: told.number.clone(),
        account: told.account.clone(),
        phone: told.phone.clone(),
        email: told.email.clone(),
        address: told.address.clone(),
        place_code: told.place_code.clone(),
        summary: told.summary.clone(),
        form: told.form.clone(),
        returns_by_post: told.returns_by_post,
    }
}

fn without_bytes(paper: &PortalPaper) -> PortalPaper {
    PortalPaper {
        name: paper.name.clone(),
        component_code: paper.component_code.clone(),
        bytes: None,
        link: paper.link.clone(),
    }
}

impl Office {
    /// The dossier in the office's words; `papers` are already in the file store.
    pub(super) async fn in_our_words(
        &self,
        (connector, unit): (&str, Uuid),
        told: PortalDossier,
        (papers, fingerprint): (Vec<ToldPaper>, String),
        at: DateTime<Utc>,
    ) -> Result<Told, Error> {
        let address = self.portal_address(&told, at).await?;
        let kind = if told.is_organisation { ApplicantKind::Enterprise } else { ApplicantKind::Citizen };
        Ok(Told {
            connector: connector.to_owned(),
            national_id: told.national_id,
            procedure: told.procedure_code,
            unit,
            sent_at: told.submitted_at,
            applicant_kind: kind,
            applicant: Applicant {
                name: told.applicant_name,
                id_number: told.number,
                born_on: None,
                phone: told.phone,
                email: told.email,
                address,
                tech_id: told.account,
            },
            summary: told.summary,
            form: told.form,
            papers,
            by_post: told.returns_by_post,
            fingerprint,
        })
    }

    /// The address with the names of the commune and province that its code stands for, where the office knows it.
    async fn portal_address(
        &self,
        told: &PortalDossier,
        at: DateTime<Utc>,
    ) -> Result<Option<Address>, Error> {
        let (line, code) = (told.address.clone().unwrap_or_default(), told.place_code.clone());
        if line.trim().is_empty() && code.is_none() {
            return Ok(None);
        }
        let (db, day) = (self.db.reader(), local_date(at));
        let known = match code.as_deref() {
            Some(code) => found(places::show(db, code, day).await)?,
            None => None,
        };
        let province = match known.as_ref().and_then(|place| place.parent_code.as_deref()) {
            Some(code) => found(places::show(db, code, day).await)?,
            None => None,
        };
        let name =
            |place: Option<entities::tables::places::Model>| place.map_or_else(String::new, |p| p.name);
        Ok(Some(Address {
            line,
            commune_code: code,
            commune: name(known),
            district: None,
            province: name(province),
            location_id: None,
        }))
    }
}

fn found<T>(looked_up: Result<T, Error>) -> Result<Option<T>, Error> {
    match looked_up {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(other) => Err(other),
    }
}
