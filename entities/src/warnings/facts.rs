//! What the rules must know of dossiers to warn of them, gathered for many at once.

use crate::catalogue::Catalogue;
use crate::dossiers::standing::{profile, status};
use crate::error::Error;
use crate::tables::dossiers::Model;
use crate::tables::{consultations, shipments, sightings, supplements};
use chrono::{DateTime, Utc};
use rules::calendar::Calendar;
use rules::post::invitations;
use rules::procedure::PaymentMoment;
use rules::status::Status;
use rules::warnings::{Asked, Consulted, Facts, Undelivered, Warning, due, next};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use uuid::Uuid;

/// What stands beside the rows of some dossiers and may be warned of.
pub(super) struct Beside {
    asked: HashMap<Uuid, Asked>,
    consulted: HashMap<Uuid, Vec<Consulted>>,
    in_vain: HashMap<Uuid, (Uuid, Vec<DateTime<Utc>>)>,
    back: HashMap<Uuid, DateTime<Utc>>,
    not_carried: HashMap<Uuid, DateTime<Utc>>,
}

/// What a look at a dossier shows: what is due now, and when to look again.
pub(super) struct Look {
    pub(super) warnings: Vec<Warning>,
    pub(super) next: Option<DateTime<Utc>>,
}

impl Beside {
    /// One statement a table, and none for a table that no dossier's status speaks of.
    pub(super) async fn of<C: ConnectionTrait>(db: &C, dossiers: &[Model]) -> Result<Self, Error> {
        let ids = |wanted: fn(Status) -> bool| -> Vec<Uuid> {
            let of_it = dossiers.iter().filter(|dossier| status(dossier).is_ok_and(wanted));
            of_it.map(|dossier| dossier.id).collect()
        };
        let returns = returns(db, ids(|status| status == Status::Decided)).await?;
        Ok(Self {
            asked: asked(db, ids(|status| status == Status::AwaitingSupplement)).await?,
            consulted: consulted(db, ids(|status| !status.is_final())).await?,
            in_vain: in_vain(db, &returns).await?,
            back: ended(&returns, &["returned_to_agency"]),
            not_carried: ended(&returns, &["cancelled", "not_ordered"]),
        })
    }

    /// Judges one of these dossiers at a moment, by the calendar of today and the hours of the desk it lies on.
    pub(super) async fn look<C: ConnectionTrait>(
        &self,
        (db, catalogue): (&C, &Catalogue),
        dossier: &Model,
        at: DateTime<Utc>,
    ) -> Result<Look, Error> {
        let revised = catalogue.revision(db, dossier.revision_id).await?;
        let desk = catalogue.unit(db, dossier.desk_id.unwrap_or(dossier.unit_id), at).await?;
        let calendar = catalogue.calendar(db, at).await?;
        let used = u8::try_from(dossier.extensions).unwrap_or(u8::MAX);
        let before = revised.content.payment == PaymentMoment::Before;
        let facts = Facts {
            code: &dossier.code,
            status: status(dossier)?,
            agency_has_turn: dossier.turn == "agency",
            answer_due: dossier.answer_due_at,
            unpaid_before: before && dossier.fee_state == "owed",
            received_at: dossier.received_at,
            due: dossier.due_at,
            apology_by: dossier.apology_by,
            may_extend: used < profile(dossier, dossier.updated_at)?.apology.most,
            asked: self.asked.get(&dossier.id).copied(),
            consulted: self.consulted.get(&dossier.id).cloned().unwrap_or_default(),
            decided_at: dossier.decided_at,
            fetched_at_desk: dossier.return_method == "desk" && dossier.parent_id.is_none(),
            undelivered: self.in_vain.get(&dossier.id).and_then(|said| invited(said, &calendar)),
            back_from_post: self.back.get(&dossier.id).copied(),
            not_carried: self.not_carried.get(&dossier.id).copied(),
            terms: revised.content.warnings,
        };
        Ok(Look {
            warnings: due(&facts, at, &calendar, &desk.hours),
            next: next(&facts, at, &calendar, &desk.hours),
        })
    }
}

async fn asked<C: ConnectionTrait>(db: &C, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Asked>, Error> {
    use supplements::{Column, Entity};
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let open = Entity::find().filter(Column::DossierId.is_in(ids)).filter(Column::AnsweredAt.is_null());
    let rows = open.all(db).await?.into_iter().map(|row| {
        let round = u16::try_from(row.round).unwrap_or(u16::MAX);
        (row.dossier_id, Asked { round, at: row.requested_at })
    });
    Ok(rows.collect())
}

async fn consulted<C: ConnectionTrait>(
    db: &C,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, Vec<Consulted>>, Error> {
    use consultations::{Column, Entity};
    let mut found: HashMap<Uuid, Vec<Consulted>> = HashMap::new();
    if !ids.is_empty() {
        let open = Entity::find().filter(Column::DossierId.is_in(ids)).filter(Column::State.eq("open"));
        for row in open.all(db).await? {
            found.entry(row.dossier_id).or_default().push(Consulted { id: row.id, due: row.due_at });
        }
    }
    Ok(found)
}

/// The ways home that are in vain so far, or came to nothing.
async fn returns<C: ConnectionTrait>(db: &C, ids: Vec<Uuid>) -> Result<Vec<shipments::Model>, Error> {
    use shipments::{Column, Entity};
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let vain = Entity::find().filter(Column::DossierId.is_in(ids)).filter(Column::State.is_in([
        "undelivered",
        "returned_to_agency",
        "cancelled",
        "not_ordered",
    ]));
    Ok(vain.filter(Column::Leg.eq("return")).all(db).await?)
}

/// The deliveries in vain of those ways home that are in vain so far, oldest first.
async fn in_vain<C: ConnectionTrait>(
    db: &C,
    returns: &[shipments::Model],
) -> Result<HashMap<Uuid, (Uuid, Vec<DateTime<Utc>>)>, Error> {
    use sightings::{Column, Entity};
    let vain = returns.iter().filter(|row| row.state == "undelivered");
    let dossiers: HashMap<Uuid, Uuid> = vain.map(|row| (row.id, row.dossier_id)).collect();
    let mut found: HashMap<Uuid, (Uuid, Vec<DateTime<Utc>>)> = HashMap::new();
    if dossiers.is_empty() {
        return Ok(found);
    }
    let said = Entity::find().filter(Column::ShipmentId.is_in(dossiers.keys().copied()));
    let said = said.filter(Column::State.eq("undelivered")).order_by_asc(Column::EventId);
    for seen in said.all(db).await? {
        if let Some(dossier) = dossiers.get(&seen.shipment_id) {
            found.entry(*dossier).or_insert_with(|| (seen.shipment_id, Vec::new())).1.push(seen.at);
        }
    }
    Ok(found)
}

/// Two on one day are one invitation (B-04), so that neither the second letter nor the warning of the end comes early.
fn invited((shipment, said): &(Uuid, Vec<DateTime<Utc>>), calendar: &Calendar) -> Option<Undelivered> {
    let counted = invitations(said, calendar);
    let attempts = u16::try_from(counted.len()).unwrap_or(u16::MAX);
    Some(Undelivered { shipment: *shipment, attempts, at: *counted.last()? })
}

/// When the ways home in these states ended, by dossier.
fn ended(returns: &[shipments::Model], states: &[&str]) -> HashMap<Uuid, DateTime<Utc>> {
    let rows = returns.iter().filter(|row| states.contains(&row.state.as_str()));
    rows.filter_map(|row| Some((row.dossier_id, row.closed_at?))).collect()
}
