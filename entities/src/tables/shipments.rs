//! One leg of carriage by post.

use sea_orm::entity::prelude::*;

/// A row of `shipments`.
#[derive(Debug, Clone, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shipments")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// `return`, `collection`, or `revoked-1`, `revoked-2` … for the way home of a result that was taken back;
    /// `returned-1` and `fetched-1` … for one that was in vain and followed by another.
    pub leg: String,
    /// Connector key.
    pub carrier: String,
    /// Order number at the carrier.
    pub order_number: String,
    /// Mapped state (law.md §5).
    pub state: String,
    /// Code as the carrier said it.
    pub raw_code: Option<String>,
    /// Words of the carrier, or why none takes it; sealed.
    pub raw_message_sealed: Option<String>,
    /// Deliveries that failed.
    pub failed_attempts: i32,
    /// The last of them.
    pub undelivered_at: Option<DateTimeUtc>,
    /// Asked for.
    pub created_at: DateTimeUtc,
    /// Taken by the carrier.
    pub ordered_at: Option<DateTimeUtc>,
    /// Delivered.
    pub delivered_at: Option<DateTimeUtc>,
    /// The carrier's own number of the order, where it gives one.
    pub carrier_number: Option<String>,
    /// Waybill number given out beforehand.
    pub item_code: Option<String>,
    /// Postal point whose clerks carry it.
    pub point_id: Option<Uuid>,
    /// JSON list of what is to be fetched, by name; none where the dossier's own papers tell it.
    pub contents: Option<String>,
    /// Sum that the postman was told to collect, in đồng.
    pub cod_amount: i64,
    /// Sum that the postman collected, in đồng; none until it is known.
    pub cod_collected: Option<i64>,
    /// Day the post promises for it (TT 17/2017 Đ7.2); none where no law or contract says one.
    pub expected_on: Option<Date>,
    /// Who took it, as the postman or the carrier said; sealed.
    pub taken_by_sealed: Option<String>,
    /// Why the desk took it back before the carrier had said enough, in the officer's words; sealed.
    pub taken_back_sealed: Option<String>,
    /// The carrier's key of the newest event.
    pub last_event: Option<String>,
    /// The carrier was first asked to take it.
    pub asked_at: Option<DateTimeUtc>,
    /// The carrier is being asked right now.
    pub in_flight: bool,
    /// Nobody carries it any more: delivered, cancelled or back at the agency.
    pub closed_at: Option<DateTimeUtc>,
    /// Row version.
    pub version: i32,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
