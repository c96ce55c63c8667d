//! What a carrier says of a shipment: kept word for word beside what it means, and followed by what the law wants.

use crate::digitisations::reading::open_of_dossier;
use crate::dossiers::acts::Act;
use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::shipments::{by_id, refused_events, words};
use crate::tables::shipments::{Column, Entity, Model};
use crate::tables::sightings;
use crate::warnings::rows::watch;
use rules::status::Status;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Set,
};
use uuid::Uuid;

/// One event as a carrier tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting<'a> {
    /// Connector key of the carrier.
    pub carrier: &'a str,
    /// The carrier's key of the event; later ones sort behind.
    pub event_id: &'a str,
    /// Order number, ours or the carrier's.
    pub order_number: &'a str,
    /// Mapped state, `snake_case`.
    pub state: &'a str,
    /// Code as the carrier said it.
    pub raw_code: &'a str,
    /// Words of the carrier.
    pub raw_message: &'a str,
}

impl Door<'_> {
    /// Takes an event and tells whether it was new; a delivery of a result books what was collected and returns the dossier.
    ///
    /// Orders that are not ours, and events that were told before, are passed over. One that is older than the newest
    /// is kept and changes nothing. A shipment that came to its end stays there.
    pub async fn sighted(&self, line: &Sighting<'_>) -> Result<bool, Error> {
        self.heard(line, false).await
    }

    /// The same, for an event that a person says is to count now: `by_hand` it counts as the newest.
    pub(super) async fn heard(&self, line: &Sighting<'_>, by_hand: bool) -> Result<bool, Error> {
        let Some(shipment) = self.unseen(line).await? else { return Ok(false) };
        let newer = by_hand || shipment.last_event.as_deref().is_none_or(|last| last < line.event_id);
        let over = shipment.delivered_at.is_some() || shipment.state == BACK;
        self.keep(&shipment, line).await?;
        if !newer || over {
            return Ok(true);
        }
        let delivered = line.state == "delivered";
        let mut after = shipment.clone();
        self.follow(&mut after, line)?;
        after.into_active_model().reset_all().update(self.tx).await?;
        if ["undelivered", "cancelled", BACK].contains(&line.state) {
            watch(self.tx, shipment.dossier_id, self.at).await?;
        }
        if delivered && shipment.leg != "collection" && !shipment.leg.starts_with("fetched-") {
            self.delivered(&shipment).await?;
        }
        Ok(true)
    }

    /// The shipment of an event that was not told before, held by this transaction.
    async fn unseen(&self, line: &Sighting<'_>) -> Result<Option<Model>, Error> {
        let Some(shipment) = self.shipment_of(line).await? else { return Ok(None) };
        let told = sightings::Entity::find_by_id((shipment.id, line.event_id.to_owned()));
        Ok(told.one(self.tx).await?.is_none().then_some(shipment))
    }

    /// The shipment of an event, held by this transaction; none where the order is not ours.
    pub(super) async fn shipment_of(&self, line: &Sighting<'_>) -> Result<Option<Model>, Error> {
        let number = Condition::any()
            .add(Column::OrderNumber.eq(line.order_number))
            .add(Column::CarrierNumber.eq(line.order_number));
        let found = Entity::find().filter(number).filter(Column::Carrier.eq(line.carrier));
        Ok(found.lock_exclusive().one(self.tx).await?)
    }

    async fn keep(&self, shipment: &Model, line: &Sighting<'_>) -> Result<(), Error> {
        let row = sightings::Model {
            shipment_id: shipment.id,
            event_id: line.event_id.into(),
            state: line.state.into(),
            raw_code: line.raw_code.chars().take(40).collect(),
            raw_message_sealed: words::for_event(
                self.sealer,
                shipment.id,
                (line.event_id, line.raw_message),
            )?,
            at: self.at,
        };
        sightings::Entity::insert(row.into_active_model()).exec_without_returning(self.tx).await?;
        refused_events::taken(self.tx, (shipment.id, line.event_id), self.at).await
    }

    /// A code whose meaning is not known leaves the state as it was.
    fn follow(&self, after: &mut Model, line: &Sighting<'_>) -> Result<(), Error> {
        after.last_event = after.last_event.take().max(Some(line.event_id.into()));
        after.raw_code = Some(line.raw_code.chars().take(40).collect());
        after.raw_message_sealed = words::for_shipment(self.sealer, after.id, line.raw_message)?;
        after.version += 1;
        if line.state == "unknown" {
            return Ok(());
        }
        after.state = line.state.into();
        match line.state {
            "undelivered" => {
                after.failed_attempts += 1;
                after.undelivered_at = Some(self.at);
            }
            "delivered" => after.delivered_at = Some(self.at),
            _ => {}
        }
        if ["delivered", "cancelled", BACK].contains(&line.state) {
            after.closed_at = Some(self.at);
        }
        Ok(())
    }

    /// The postman hands over against the sum that he was told to collect (TT 17/2017 Đ5.2). While a fee is owed all the
    /// same, finance settles the difference first; the result is with the person, and no other parcel waits for that.
    /// Money taken on a leg that was given up is booked like any other; only the leg that counts returns the dossier.
    async fn delivered(&self, shipment: &Model) -> Result<(), Error> {
        let (dossier, sum) = (shipment.dossier_id, shipment.cod_amount);
        let counts = shipment.leg == "return";
        if sum != 0 || (counts && self.owes(dossier).await?) {
            self.cod_collected(dossier, sum, &shipment.order_number).await?;
            let mut row = by_id(self.tx, shipment.id).await?.into_active_model();
            row.cod_collected = Set(Some(sum));
            row.update(self.tx).await?;
        }
        if !counts || self.owes(dossier).await? {
            return Ok(());
        }
        self.hand_over(shipment).await
    }

    /// Returns a dossier whose result the post delivered while papers of it were still to be digitised.
    pub async fn hand_over_delivered(&self, dossier: Uuid) -> Result<(), Error> {
        let rows = Entity::find().filter(Column::DossierId.eq(dossier)).filter(Column::Leg.eq("return"));
        let Some(shipment) = rows.filter(Column::DeliveredAt.is_not_null()).one(self.tx).await? else {
            return Ok(());
        };
        if self.owes(dossier).await? {
            return Ok(());
        }
        self.hand_over(&shipment).await
    }

    async fn owes(&self, dossier: Uuid) -> Result<bool, Error> {
        Ok(reading::by_id(self.tx, dossier).await?.fee_state == "owed")
    }

    /// The dossier closes once its last paper is digitised (R-C1).
    async fn hand_over(&self, shipment: &Model) -> Result<(), Error> {
        let stands = reading::by_id(self.tx, shipment.dossier_id).await?;
        if stands.status == Status::Decided.key()
            && open_of_dossier(self.tx, shipment.dossier_id).await?.is_empty()
        {
            let proof = format!("Bưu điện đã phát, mã đơn {}", shipment.order_number);
            self.act(shipment.dossier_id, None, &Act::Return { proof }).await?;
        }
        Ok(())
    }
}

/// The parcel is at the agency again.
pub(super) const BACK: &str = "returned_to_agency";
