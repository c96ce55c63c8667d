//! A paper that came with a message of the national portal: in it, or behind a link.

use sea_orm::entity::prelude::*;

/// A row of `portal_papers`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "portal_papers")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The message.
    pub message_id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// `component`, `supplement` or `tax_receipt`.
    pub part: String,
    /// The row that waits for the file: a paper, or a tax receipt.
    pub subject_id: Option<Uuid>,
    /// Code of the component, where told.
    pub component: Option<String>,
    /// Name of the file.
    pub name: String,
    /// Where to fetch it, sealed.
    pub link_sealed: Option<String>,
    /// The file, once it is here.
    pub file_id: Option<Uuid>,
    /// `coming`, `here` or `failed`.
    pub state: String,
    /// Why it failed, in words.
    pub trouble: Option<String>,
    /// Told.
    pub created_at: DateTimeUtc,
    /// Here, or failed.
    pub ended_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
