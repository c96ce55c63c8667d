//! What several forms say: who issued it, the dossier it is about, its papers, who signs.

use super::block::{Field, field};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// By whom a form is issued, where, when, under which number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Name of the agency.
    pub agency: String,
    /// Name of its desk; empty when the agency itself speaks.
    pub desk: String,
    /// Place before the date; empty when the agency's name holds none.
    pub place: String,
    /// Running number of this form at this unit in this year; 0 for none.
    pub number: u32,
    /// The moment of the act.
    pub at: DateTime<Utc>,
}

impl Issued {
    /// Who speaks: the desk, or the agency where there is none.
    pub(super) fn speaker(&self) -> &str {
        if self.desk.is_empty() { &self.agency } else { &self.desk }
    }
}

/// The dossier a form is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// Mã số hồ sơ (L-05).
    pub code: String,
    /// Name of the procedure asked for (nội dung yêu cầu giải quyết).
    pub procedure: String,
    /// Person or organisation it is for.
    pub applicant: String,
    /// Identity number or tax code, when known.
    pub id_number: Option<String>,
    /// Address in one line, when known.
    pub address: Option<String>,
    /// Telephone, when known.
    pub phone: Option<String>,
    /// E-mail address, when known.
    pub email: Option<String>,
}

/// A component and how many of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperLine {
    /// Name of the component.
    pub name: String,
    /// Originals (bản chính).
    pub originals: u8,
    /// Certified copies (bản sao chứng thực).
    pub certified: u8,
    /// Plain copies (bản chụp).
    pub copies: u8,
}

/// Who signs for the office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// Name.
    pub name: String,
    /// Title at the unit; empty when not known.
    pub title: String,
}

impl Matter {
    /// Person, ways to reach them, and what they ask for; `label` stands before the name.
    pub(super) fn fields(&self, label: &str) -> Vec<Field> {
        let known = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            field(label, &self.applicant),
            field("Số định danh, giấy tờ", known(&self.id_number)),
            field("Địa chỉ", known(&self.address)),
            field("Số điện thoại", known(&self.phone)),
            field("Thư điện tử", known(&self.email)).beside(),
            field("Nội dung yêu cầu giải quyết", &self.procedure),
        ]
    }
}
