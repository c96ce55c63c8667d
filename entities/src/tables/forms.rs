//! A paper form as it was issued at an act, or a register made on request.

use sea_orm::entity::prelude::*;

/// A row of `forms`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "forms")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier; none for a register.
    pub dossier_id: Option<Uuid>,
    /// History entry it tells of; none for a register.
    pub entry: Option<i32>,
    /// Key of the form.
    pub kind: String,
    /// Unit in whose book it is numbered.
    pub unit_id: Uuid,
    /// `r2018` or `r2025`.
    pub regime: String,
    /// Year of the book.
    pub year: i32,
    /// Running number in the book, from 1.
    pub number: i32,
    /// JSON of `rules::forms::Content`, sealed.
    pub content_sealed: String,
    /// The moment of the act.
    pub issued_at: DateTimeUtc,
    /// SHA-256 of the file, hex; none until it is made.
    pub sha256: Option<String>,
    /// Bytes of the file.
    pub size: Option<i64>,
    /// When the file was made.
    pub made_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
