//! A notice through one channel; unique, so that nobody is told the same twice.

use sea_orm::entity::prelude::*;

/// A row of `notices`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notices")]
pub struct Model {
    /// Key; its order is the order of writing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// History entry as of which it is told.
    pub entry: i32,
    /// Key of the event.
    pub event: String,
    /// What makes it unique beside the event: the entry's number, or the key of a refund.
    pub occasion: String,
    /// `email`, `zalo`, `sms` or `inbox`.
    pub channel: String,
    /// Blind index of the recipient.
    pub recipient_index: String,
    /// The recipient, sealed.
    pub recipient_sealed: String,
    /// Whose preferences hold: `id:` and a blind index, or a subject.
    pub person: String,
    /// Under which name it lies in an inbox.
    pub addressee: Option<String>,
    /// `waiting`, `handing`, `handed`, `delivered`, `undelivered` or `failed`.
    pub state: String,
    /// Versions of the words, such as `vi:0 en:2`.
    pub template: String,
    /// What is told, word for word, sealed.
    pub words_sealed: String,
    /// Why it failed or waits, in words.
    pub reason: Option<String>,
    /// Quiet hours hold for it.
    pub quiet: bool,
    /// How often a hand-over was cut off and done again.
    pub repeats: i32,
    /// Connector it was handed to.
    pub party: Option<String>,
    /// The party's own number of it.
    pub party_ref: Option<String>,
    /// When what it tells of happened.
    pub act_at: DateTimeUtc,
    /// From when it may be handed over.
    pub hand_at: DateTimeUtc,
    /// Written.
    pub created_at: DateTimeUtc,
    /// Handed to its provider.
    pub handed_over_at: Option<DateTimeUtc>,
    /// The provider says that the person has it.
    pub delivered_at: Option<DateTimeUtc>,
    /// Subject who saw it first in the inbox.
    pub seen_by: Option<String>,
    /// When that was.
    pub seen_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
