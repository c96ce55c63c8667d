//! Carriage by post: ordered once a leg, followed by the carrier's own words, and its delivery ends the dossier.

use crate::dossiers::acts::Act;
use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::tables::marks;
use crate::tables::shipments::{Column, Entity, Model};
use crate::warnings::rows::watch;
use chrono::{DateTime, Utc};
use rules::status::Status;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    Set,
};
use uuid::Uuid;

/// A shipment by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("shipment"))
}

/// The carrier has taken the order.
pub async fn ordered<C: ConnectionTrait>(
    tx: &C,
    id: Uuid,
    remark: Option<String>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let shipment = by_id(tx, id).await?;
    if shipment.ordered_at.is_some() {
        return Ok(());
    }
    let mut row = shipment.into_active_model();
    // An order that was dropped while the carrier was taking it stays dropped.
    if row.state.as_ref() != "cancelled" {
        row.state = Set("awaiting_collection".into());
    }
    row.raw_message = Set(remark.map(|words| words.chars().take(400).collect()));
    row.ordered_at = Set(Some(at));
    row.update(tx).await?;
    Ok(())
}

/// One line of a carrier's tracking list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting<'a> {
    /// Order number at the carrier.
    pub order_number: &'a str,
    /// Mapped state, `snake_case`.
    pub state: &'a str,
    /// Code as the carrier said it.
    pub raw_code: &'a str,
    /// Words of the carrier.
    pub raw_message: &'a str,
}

impl Door<'_> {
    /// Takes a line of the tracking list: kept beside the mapped state; a delivery of a result returns the dossier.
    ///
    /// Orders that are not ours are passed over. A delivered shipment stays delivered.
    pub async fn sighted(&self, line: &Sighting<'_>) -> Result<(), Error> {
        let found = Entity::find()
            .filter(Column::OrderNumber.eq(line.order_number))
            .lock_exclusive()
            .one(self.tx)
            .await?;
        let Some(shipment) = found.filter(|s| s.delivered_at.is_none()) else {
            return Ok(());
        };
        let (dossier, leg) = (shipment.dossier_id, shipment.leg.clone());
        let delivered = line.state == "delivered";
        let failed = shipment.failed_attempts + i32::from(line.state == "undelivered");
        let mut row = shipment.into_active_model();
        row.state = Set(line.state.into());
        row.raw_code = Set(Some(line.raw_code.chars().take(40).collect()));
        row.raw_message = Set(Some(line.raw_message.chars().take(400).collect()));
        row.failed_attempts = Set(failed);
        if line.state == "undelivered" {
            row.undelivered_at = Set(Some(self.at));
            watch(self.tx, dossier, self.at).await?;
        }
        row.delivered_at = Set(delivered.then_some(self.at));
        row.update(self.tx).await?;
        if delivered && leg == "return" {
            self.hand_over(dossier, line).await?;
        }
        Ok(())
    }

    async fn hand_over(&self, dossier: Uuid, line: &Sighting<'_>) -> Result<(), Error> {
        let stands = reading::by_id(self.tx, dossier).await?;
        if stands.status == Status::Decided.key() {
            let proof = format!("Bưu điện đã phát, mã đơn {}: {}", line.order_number, line.raw_message);
            self.act(dossier, None, &Act::Return { proof }).await?;
        }
        Ok(())
    }
}

/// How far a reading went; none at the first time.
pub async fn mark<C: ConnectionTrait>(db: &C, name: &str) -> Result<Option<String>, Error> {
    Ok(marks::Entity::find_by_id(name).one(db).await?.map(|mark| mark.value))
}

/// Remembers how far a reading went.
pub async fn set_mark<C: ConnectionTrait>(
    tx: &C,
    name: &str,
    value: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = marks::Model { name: name.into(), value: value.into(), number: None, updated_at: at };
    let again = OnConflict::column(marks::Column::Name)
        .update_columns([marks::Column::Value, marks::Column::UpdatedAt])
        .to_owned();
    marks::Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}
