//! A message of the national portal as it came in, with the verdict on it.

use sea_orm::entity::prelude::*;

/// A row of `portal_messages`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "portal_messages")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Connector key.
    pub connector: String,
    /// Family of messages, as its address names it.
    pub family: String,
    /// Key of the verdict.
    pub verdict: String,
    /// Why, in words without any value of the message.
    pub words: Option<String>,
    /// The portal's key of the dossier, where it could be read.
    pub national_id: Option<String>,
    /// The dossier it is about, when known.
    pub dossier_id: Option<Uuid>,
    /// Blind index of what it says, to know the same message again.
    pub fingerprint: Option<String>,
    /// Bytes it had.
    pub size: i64,
    /// Kept whole; of a refused caller only the beginning is.
    pub whole: bool,
    /// `text`, or `base64` for bytes that are no text.
    pub encoding: String,
    /// The raw message, sealed.
    pub body_sealed: String,
    /// When it came.
    pub at: DateTimeUtc,
    /// How often it was tried again.
    pub replays: i32,
    /// Name of who did so last.
    pub replayed_name: Option<String>,
    /// When that was.
    pub replayed_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
