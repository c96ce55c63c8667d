//! Calling a carriage off: only before it is on its way, and at the carrier where one was asked.

use super::ordering::call_off;
use super::{locked, refused, words};
use crate::dossiers::Door;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::shipments::Model;
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel};
use uuid::Uuid;

/// States in which nobody has picked a parcel up.
const NOT_ON_ITS_WAY: [&str; 2] = ["created", "awaiting_collection"];

impl Door<'_> {
    /// Calls a carriage off: at once when no carrier was asked, otherwise by a job that tells the carrier.
    ///
    /// The person may call off a collection at their home, the desk both legs. Refused once it is on its way.
    pub async fn call_off(
        &self,
        dossier: Uuid,
        (shipment, expected): (Uuid, Option<i32>),
    ) -> Result<Model, Error> {
        let dossier = self.postal(dossier).await?;
        let mut row = locked(self.tx, shipment).await?;
        let desk = self.sits_at_desk_of(&dossier);
        if row.dossier_id != dossier.id || (!desk && row.leg != "collection") {
            return Err(Error::NotFound("shipment"));
        }
        if expected.is_some_and(|version| version != row.version) {
            return Err(Error::Stale);
        }
        if !NOT_ON_ITS_WAY.contains(&row.state.as_str()) {
            return Err(refused("cancel_shipment", &dossier, ON_ITS_WAY, None));
        }
        if row.asked_at.is_none() {
            close(&mut row, self.at);
        } else {
            row.state = "cancelling".into();
            call_off(self.tx, (row.id, dossier.id), self.at).await?;
        }
        row.version += 1;
        row.clone().into_active_model().reset_all().update(self.tx).await?;
        Ok(row)
    }
}

const ON_ITS_WAY: (&str, &str, &str) = (
    "on_its_way",
    "Bưu gửi đã được chuyển đi hoặc đã kết thúc.",
    "The parcel is on its way or came to its end.",
);

/// The carrier has called it off.
pub async fn called_off<C: ConnectionTrait>(tx: &C, id: Uuid, at: DateTime<Utc>) -> Result<(), Error> {
    let mut row = locked(tx, id).await?;
    close(&mut row, at);
    row.in_flight = false;
    row.version += 1;
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

/// The carrier did not call it off, for a reason in words, which are sealed; it is carried on.
pub async fn carried_on<C: ConnectionTrait>(
    tx: &C,
    sealer: &Sealer,
    (id, said): (Uuid, &str),
) -> Result<(), Error> {
    let mut row = locked(tx, id).await?;
    if row.state == "cancelling" {
        row.state = "awaiting_collection".into();
        row.raw_message_sealed = words::for_shipment(sealer, id, said)?;
        row.version += 1;
        row.into_active_model().reset_all().update(tx).await?;
    }
    Ok(())
}

fn close(row: &mut Model, at: DateTime<Utc>) {
    row.state = "cancelled".into();
    row.closed_at = row.closed_at.or(Some(at));
}
