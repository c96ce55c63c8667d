//! A document of the e-document store (kho dữ liệu điện tử của tổ chức, cá nhân; D-05, D-11).

use sea_orm::entity::prelude::*;

/// A row of `documents`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "documents")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The first version; the same for all versions of a document.
    pub lineage_id: Uuid,
    /// From 1 within the lineage.
    pub version: i32,
    /// `citizen`, `enterprise`, `state_body` or `organisation`.
    pub owner_kind: String,
    /// Blind index of the owner id number.
    pub owner_index: String,
    /// `documents::Owner` as JSON, sealed.
    pub owner_sealed: String,
    /// Type of paper (mã loại giấy tờ, mã kết quả).
    pub paper_type: String,
    /// Name of the paper for people.
    pub name: String,
    /// Number and sign (số, ký hiệu), sealed.
    pub number_sealed: Option<String>,
    /// Blind index of it.
    pub number_index: Option<String>,
    /// The unit that issued it, when it is one of ours; it alone may replace or revoke it (R-J5).
    pub issuer_id: Option<Uuid>,
    /// Who issued it, as known.
    pub issuer_name: Option<String>,
    /// Day of issue.
    pub issued_on: Option<chrono::NaiveDate>,
    /// First day of validity.
    pub valid_from: Option<chrono::NaiveDate>,
    /// Last day of validity; none without end.
    pub valid_until: Option<chrono::NaiveDate>,
    /// `pending`, `in_force`, `superseded`, `revoked` or `lapsed`.
    pub state: String,
    /// Superseded, revoked or lapsed.
    pub ended_at: Option<DateTimeUtc>,
    /// Why, sealed.
    pub ended_reason_sealed: Option<String>,
    /// `component`, `result` or `backlog`.
    pub origin: String,
    /// The dossier it came with.
    pub dossier_id: Option<Uuid>,
    /// The item of the queue.
    pub digitisation_id: Option<Uuid>,
    /// The unit that filed it; it may end a paper that no unit of ours issued.
    pub unit_id: Option<Uuid>,
    /// The file it was scanned to or handed in as.
    pub file_id: Uuid,
    /// Hash of its bytes, which are never changed (R-C8).
    pub sha256: String,
    /// Its type.
    pub media_type: String,
    /// The PDF/A with its text, in the file store.
    pub rendition_sha256: Option<String>,
    /// Pages.
    pub pages: i32,
    /// `rules::papers::Signed`.
    pub signature: String,
    /// The report of the signature check, sealed.
    pub signature_report_sealed: Option<String>,
    /// Checked fields as JSON, sealed.
    pub data_sealed: Option<String>,
    /// Subject of the officer at the scanner.
    pub scanned_by: Option<String>,
    /// When it was scanned.
    pub scanned_at: Option<DateTimeUtc>,
    /// How often it stood for a paper of another dossier (D-11).
    pub reused: i32,
    /// When it was filed; once it counts, since when.
    pub filed_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
