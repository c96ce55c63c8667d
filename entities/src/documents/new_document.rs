//! What is told of a paper that is to be filed, and where it came from (D-11).

use super::Owner;
use chrono::{DateTime, NaiveDate, Utc};
use rules::papers::Signed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A document to be filed (D-11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// Whom it is kept for.
    pub owner: Owner,
    /// Type of paper (mã loại giấy tờ, mã kết quả).
    pub paper_type: String,
    /// Name for people.
    pub name: String,
    /// Number and sign (số, ký hiệu).
    pub number: Option<String>,
    /// The unit that issued it, when it is one of ours.
    pub issuer: Option<Uuid>,
    /// Who issued it, as known.
    pub issuer_name: Option<String>,
    /// Day of issue.
    pub issued_on: Option<NaiveDate>,
    /// First day of validity.
    pub valid_from: Option<NaiveDate>,
    /// Last day of validity; none without end.
    pub valid_until: Option<NaiveDate>,
    /// Where it came from.
    pub origin: Origin,
    /// The dossier it came with.
    pub dossier: Option<Uuid>,
    /// The item of the digitisation queue.
    pub digitisation: Option<Uuid>,
    /// The unit that files it; it alone may end a paper of which no unit of ours is the issuer.
    pub unit: Option<Uuid>,
    /// The dossier it came with is not over: it is kept, and counts for nothing until then.
    pub pending: bool,
    /// The file it was scanned to or handed in as; never changed (R-C8).
    pub file: Uuid,
    /// The PDF/A with its text, in the file store.
    pub rendition_sha256: Option<String>,
    /// Pages; 0 where nobody counted.
    pub pages: u16,
    /// What the signature check found.
    pub signature: Signed,
    /// Its report.
    pub signature_report: Option<String>,
    /// Checked fields by name.
    pub data: BTreeMap<String, String>,
    /// Subject of the officer at the scanner.
    pub scanned_by: Option<String>,
    /// When it was scanned.
    pub scanned_at: Option<DateTime<Utc>>,
    /// The document of which this is the next version, and why; only the issuing unit may (R-J5).
    pub replaces: Option<(Uuid, String)>,
}

/// Where a document came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A paper of a dossier.
    Component,
    /// The result of a dossier.
    Result,
    /// An old paper from the backlog.
    Backlog,
}

impl NewDocument {
    /// A paper of this type in this file, of which nothing else is known.
    pub fn new(owner: Owner, paper_type: &str, name: &str, origin: Origin, file: Uuid) -> Self {
        Self {
            owner,
            paper_type: paper_type.into(),
            name: name.into(),
            number: None,
            issuer: None,
            issuer_name: None,
            issued_on: None,
            valid_from: None,
            valid_until: None,
            origin,
            dossier: None,
            digitisation: None,
            unit: None,
            pending: false,
            file,
            rendition_sha256: None,
            pages: 0,
            signature: Signed::NotChecked,
            signature_report: None,
            data: BTreeMap::new(),
            scanned_by: None,
            scanned_at: None,
            replaces: None,
        }
    }
}
