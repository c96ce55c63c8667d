//! An event that the office cannot take: put aside once, so that nothing waits behind it, and settled by a person.

use super::refused_events::{looks_after, said, settlement_of};
use super::sighting::Sighting;
use super::{by_id, words};
use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::tables::refused_sightings::{Column, Entity, Model};
use rules::actor::Actor;
use rules::refusal::{Block, Refusal};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};
use uuid::Uuid;

/// What a person says of a refused event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settling<'a> {
    /// What came of it, in words.
    pub words: &'a str,
    /// Take the event now, as the newest of its shipment.
    pub take: bool,
}

impl Door<'_> {
    /// Keeps an event that was refused for good, with why; the carrier's words sealed. One that is told again is kept once.
    ///
    /// Gives the error back when another attempt may take the event.
    pub async fn put_aside(&self, line: &Sighting<'_>, why: Error) -> Result<(), Error> {
        let Some((code, reason)) = why.for_good() else { return Err(why) };
        let Some(shipment) = self.shipment_of(line).await? else { return Ok(()) };
        let dossier = reading::by_id(self.tx, shipment.dossier_id).await?;
        let row = Model {
            id: Uuid::now_v7(),
            shipment_id: shipment.id,
            event_id: line.event_id.into(),
            dossier_id: dossier.id,
            unit_id: dossier.unit_id,
            point_id: shipment.point_id,
            carrier: shipment.carrier,
            state: line.state.into(),
            raw_code: line.raw_code.into(),
            raw_message_sealed: words::for_event(
                self.sealer,
                shipment.id,
                (line.event_id, line.raw_message),
            )?,
            code: code.into(),
            why: reason,
            refused_at: self.at,
            taken: false,
            words_sealed: None,
            settled_by: None,
            settled_name: None,
            settled_at: None,
            version: 1,
        };
        let once = OnConflict::columns([Column::ShipmentId, Column::EventId]).do_nothing().to_owned();
        Entity::insert(row.into_active_model()).on_conflict(once).exec_without_returning(self.tx).await?;
        Ok(())
    }

    /// Settles a refused event; `take` lets it count now, and fails as it failed before while its cause stands.
    ///
    /// `expected` is the version the person saw. Fails as not found, stale, or refused when it was settled before.
    pub async fn settle_sighting(
        &self,
        (id, expected): (Uuid, Option<i32>),
        settling: &Settling<'_>,
    ) -> Result<Model, Error> {
        let found = Entity::find_by_id(id).lock_exclusive().one(self.tx).await?;
        let found = found.filter(|row| looks_after(self.by, row));
        let mut row = found.ok_or(Error::NotFound("refused sighting"))?;
        if expected.is_some_and(|version| version != row.version) {
            return Err(Error::Stale);
        }
        if row.settled_at.is_some() {
            return Err(settled_before());
        }
        if settling.take {
            self.take_refused(&row).await?;
        }
        row.taken = settling.take;
        row.words_sealed = Some(self.sealer.seal(&settlement_of(id), settling.words.trim())?);
        row.settled_by = Some(self.by.subject.clone());
        row.settled_name = Some(self.by.name.clone());
        row.settled_at = Some(self.at);
        row.version += 1;
        row.clone().into_active_model().reset_all().update(self.tx).await?;
        Ok(row)
    }

    /// What follows from the event is done by the office, as if it had been taken when it was told.
    async fn take_refused(&self, row: &Model) -> Result<(), Error> {
        let office = Actor::office();
        let door = Door { by: &office, ..*self };
        let shipment = by_id(self.tx, row.shipment_id).await?;
        let line = Sighting {
            carrier: &row.carrier,
            event_id: &row.event_id,
            order_number: &shipment.order_number,
            state: &row.state,
            raw_code: &row.raw_code,
            raw_message: &said(self.sealer, row)?,
        };
        door.heard(&line, true).await?;
        Ok(())
    }
}

fn settled_before() -> Error {
    let block = Block {
        code: "settled_before",
        vi: "Việc này đã được xử lý.".into(),
        en: "It has been settled already.".into(),
        legal_basis: None,
    };
    let act = "settle_sighting";
    Refusal { act, status: None, blocked_by: vec![block], allowed: Vec::new() }.into()
}
