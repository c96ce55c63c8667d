//! Whom a document is kept for, and the code that is built from it (D-10).

use crate::dossiers::applicant::Applicant;
use crate::sealing::Sealer;
use rules::codes::{PersonNumber, TaxCode};
use rules::procedure::ApplicantKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whom a document is kept for; sealed beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// Person or organisation.
    pub kind: ApplicantKind,
    /// Kind of the number; none without one.
    pub id_type: Option<IdType>,
    /// Personal id, old identity card or tax code; none where nobody knows it (X-02: never invented).
    pub number: Option<String>,
    /// Name.
    pub name: String,
}

/// Kind of the number that an owner is known by (D-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdType {
    /// Personal identification number (số định danh cá nhân), 12 digits.
    PersonalId,
    /// Old identity card (CMND), 9 digits.
    IdentityCard,
    /// Tax code (mã số thuế).
    TaxCode,
    /// Any other number, such as a passport's.
    Other,
}

impl Owner {
    /// An owner with the number as it was told; blanks are none.
    pub fn new(kind: ApplicantKind, name: &str, number: Option<&str>) -> Self {
        let number = number.map(str::trim).filter(|number| !number.is_empty());
        Self {
            kind,
            id_type: number.map(|number| IdType::of(kind, number)),
            number: number.map(Into::into),
            name: name.trim().into(),
        }
    }

    /// The applicant of a dossier.
    pub fn of(kind: ApplicantKind, applicant: &Applicant) -> Self {
        Self::new(kind, &applicant.name, applicant.number())
    }

    /// The same person without the number, so that nobody's shelf is meant.
    pub(super) fn unnumbered(self) -> Self {
        Self { id_type: None, number: None, ..self }
    }

    /// The shelf its documents stand on: that of the number, the same as a dossier's applicant has. Without a number
    /// they stand alone with what they came with, and nobody is offered them.
    pub(super) fn index(&self, sealer: &Sealer, came_with: Uuid) -> String {
        match &self.number {
            Some(number) => sealer.index("id", number),
            None => sealer.index("document of nobody", &came_with.to_string()),
        }
    }
}

impl IdType {
    fn of(kind: ApplicantKind, number: &str) -> Self {
        match PersonNumber::parse(number) {
            Ok(PersonNumber::PersonalId(_)) if kind == ApplicantKind::Citizen => Self::PersonalId,
            Ok(PersonNumber::Cmnd(_)) if kind == ApplicantKind::Citizen => Self::IdentityCard,
            _ if TaxCode::parse(number).is_ok() => Self::TaxCode,
            _ => Self::Other,
        }
    }
}

/// Code of a digitised paper (TT 01/2023/TT-VPCP; D-10): owner id, type code, number; none while one of them is unknown.
pub fn code(owner: &Owner, paper_type: &str, number: Option<&str>) -> Option<String> {
    let number = number.map(str::trim).filter(|number| !number.is_empty())?;
    Some(format!("{}.{paper_type}.{number}", owner.number.as_ref()?))
}
