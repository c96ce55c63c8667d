//! The applicant (chủ hồ sơ) as sealed beside the dossier.

use chrono::Datelike;
use rules::codes::{Doubt, PersonalId};
use serde::{Deserialize, Serialize};

/// Who the dossier is for; kept sealed, so that a dump of the database names nobody's papers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applicant {
    /// Full name of the person or organisation.
    pub name: String,
    /// 12-digit personal id, 9-digit CMND, or tax code; absent when not known (X-02: never invented).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_number: Option<String>,
    /// Date of birth, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born_on: Option<chrono::NaiveDate>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail address notices go to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Stable account id of the national portal (`TechID`), when the sign-in said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tech_id: Option<String>,
}

/// A postal address; the district is absent since 01/07/2025.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// House, street, village.
    pub line: String,
    /// Code of the commune (5 digits), when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commune_code: Option<String>,
    /// Name of the commune.
    pub commune: String,
    /// Name of the district, before 01/07/2025.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// Name of the province.
    pub province: String,
    /// Location id of 12 digits (NĐ 326/2026), when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
}

impl Applicant {
    /// What in a personal id disagrees with what was said beside it (law.md §2.3); nothing for other numbers.
    pub fn doubts(&self) -> Vec<Doubt> {
        let id = self.number().and_then(|number| PersonalId::parse(number).ok());
        let year = self.born_on.map(|day| day.year());
        id.map(|id| id.doubts(year, None)).unwrap_or_default()
    }

    /// The id number, when there is one; blanks are none.
    pub fn number(&self) -> Option<&str> {
        self.id_number.as_deref().map(str::trim).filter(|number| !number.is_empty())
    }
}

impl Address {
    /// One line for an envelope.
    pub fn one_line(&self) -> String {
        let parts = [Some(&self.line), Some(&self.commune), self.district.as_ref(), Some(&self.province)];
        parts
            .into_iter()
            .flatten()
            .filter(|p| !p.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    }
}
