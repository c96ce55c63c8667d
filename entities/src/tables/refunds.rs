//! Money of one kind that is given back of one payment: proposed, decided and paid out by different persons.

use sea_orm::entity::prelude::*;

/// A row of `refunds`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refunds")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The payment, which stays as it is (F-06).
    pub payment_id: Uuid,
    /// The dossier of the payment.
    pub dossier_id: Uuid,
    /// Unit that took the money.
    pub unit_id: Uuid,
    /// `phi` or `le_phi` (F-01).
    pub kind: String,
    /// Amount in đồng.
    pub amount: i64,
    /// `policy`, `excess`, `mistaken` or `late_success`.
    pub ground: String,
    /// Why, in words, sealed.
    pub reason_sealed: String,
    /// `proposed`, `approved`, `sent`, `rejected` or `paid_out`.
    pub state: String,
    /// Subject who proposed it.
    pub proposed_by: String,
    /// Name of that person.
    pub proposed_name: String,
    /// Proposed.
    pub proposed_at: DateTimeUtc,
    /// Subject who approved or rejected it.
    pub decided_by: Option<String>,
    /// Name of that person.
    pub decided_name: Option<String>,
    /// Approved or rejected.
    pub decided_at: Option<DateTimeUtc>,
    /// Why it was rejected, sealed.
    pub rejection_sealed: Option<String>,
    /// Subject who paid it out.
    pub paid_out_by: Option<String>,
    /// Name of that person.
    pub paid_out_name: Option<String>,
    /// Paid out.
    pub paid_out_at: Option<DateTimeUtc>,
    /// What proves the payout, sealed.
    pub proof_sealed: Option<String>,
    /// Connector key of the platform that sends it back; by hand when absent.
    pub via: Option<String>,
    /// The platform was asked to send it back.
    pub asked_at: Option<DateTimeUtc>,
    /// The platform has taken it.
    pub sent_at: Option<DateTimeUtc>,
    /// The platform's number of the refund.
    pub platform_refund: Option<String>,
    /// Why the platform did not send it, in words.
    pub trouble: Option<String>,
    /// Row version; the ETag.
    pub version: i32,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
