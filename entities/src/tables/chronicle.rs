//! What was done or seen, and by whom; rows are only added.

use sea_orm::entity::prelude::*;

/// A row of `chronicle`.
#[derive(Debug, Clone, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "chronicle")]
pub struct Model {
    /// Key; its order is that of writing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The chain it is linked into: a unit's key, or `office`.
    pub chain: String,
    /// The unit of who did it; none for citizens and the office itself.
    pub unit_id: Option<Uuid>,
    /// The dossier it was about.
    pub dossier_id: Option<Uuid>,
    /// Key of the kind.
    pub kind: String,
    /// Key of the act, or method and address pattern of the request.
    pub what: String,
    /// The document or paper that was opened, where it is not the dossier itself.
    pub thing_id: Option<Uuid>,
    /// `issuer|subject` of an officer; a blind index of it for anybody else.
    pub subject: String,
    /// Key of the role it was done in.
    pub role: String,
    /// Title at the unit; empty for citizens.
    pub title: String,
    /// Name of an officer.
    pub name: Option<String>,
    /// Name of anybody else, sealed.
    pub name_sealed: Option<String>,
    /// Blind index of the number of the person whose data it is.
    pub owner_index: Option<String>,
    /// Blind index of the account that the dossier belongs to.
    pub account_index: Option<String>,
    /// What for, sealed: officers write it in their own words.
    pub purpose_sealed: Option<String>,
    /// Hash of what stood there before a change.
    pub before_hash: Option<String>,
    /// Hash of what stands there after it.
    pub after_hash: Option<String>,
    /// Number of the history entry that it tells of.
    pub record_seq: Option<i32>,
    /// Hash of that history entry.
    pub record_hash: Option<String>,
    /// `traceparent` of the request.
    pub trace: Option<String>,
    /// When.
    pub at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
