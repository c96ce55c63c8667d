//! One attempt to pay the fee of a dossier.

use sea_orm::entity::prelude::*;

/// A row of `payments`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payments")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// Unit whose account the money goes to.
    pub unit_id: Uuid,
    /// Our reference at the platform.
    pub reference: String,
    /// Connector key; `cash` or `pos` for money taken at the desk, `transfer` for the account, `post` for the post.
    pub platform: String,
    /// Amount in đồng.
    pub amount: i64,
    /// How much of it is phí; the rest is lệ phí (F-01).
    pub phi: i64,
    /// Always `VND` (F-07).
    pub currency: String,
    /// `opening`, `pending`, `paid`, `failed`, `expired`, `cancelled`, `claimed`, `rejected` or `refund_due`.
    pub state: String,
    /// Page where the payer pays.
    pub pay_url: Option<String>,
    /// What a square code to be scanned holds.
    pub qr_content: Option<String>,
    /// Address of the payer, as the platform wants it, until the page is there.
    pub client_ip: Option<String>,
    /// Id given by the platform.
    pub transaction_id: Option<String>,
    /// Last trouble in words.
    pub trouble: Option<String>,
    /// Receipt made out by hand or in another system.
    pub receipt: Option<String>,
    /// Since when it is paid without all its receipts; none when it has them (F-11).
    pub receipt_due_at: Option<DateTimeUtc>,
    /// File of the voucher that the platform drew up (F-18).
    pub voucher_file_id: Option<Uuid>,
    /// Who pays, sealed; the applicant when absent.
    pub payer_sealed: Option<String>,
    /// What was shown for it, sealed: the slip of the terminal, the words of a claimed transfer.
    pub evidence_sealed: Option<String>,
    /// Subject who confirmed or rejected a claimed transfer.
    pub decided_by: Option<String>,
    /// Name of that person.
    pub decided_name: Option<String>,
    /// Confirmed or rejected.
    pub decided_at: Option<DateTimeUtc>,
    /// Why it was rejected, sealed.
    pub rejection_sealed: Option<String>,
    /// Asked for.
    pub opened_at: DateTimeUtc,
    /// Until when it may be paid; open when absent.
    pub expires_at: Option<DateTimeUtc>,
    /// Paid.
    pub paid_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
