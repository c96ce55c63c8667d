//! What the rules must know of dossiers to warn of them, gathered for many at once.

use crate::catalogue::Catalogue;
use crate::dossiers::standing::{profile, status};
use crate::error::Error;
use crate::tables::dossiers::Model;
use crate::tables::{consultations, shipments, supplements};
use chrono::{DateTime, Utc};
use rules::procedure::PaymentMoment;
use rules::status::Status;
use rules::warnings::{Asked, Consulted, Facts, Undelivered, Warning, due, next};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

/// What stands beside the rows of some dossiers and may be warned of.
pub(super) struct Beside {
    asked: HashMap<Uuid, Asked>,
    consulted: HashMap<Uuid, Vec<Consulted>>,
    undelivered: HashMap<Uuid, Undelivered>,
    back: HashMap<Uuid, DateTime<Utc>>,
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
            undelivered: returns.iter().filter_map(undelivered).collect(),
            back: returns.iter().filter_map(back).collect(),
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
            undelivered: self.undelivered.get(&dossier.id).copied(),
            back_from_post: self.back.get(&dossier.id).copied(),
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

/// The ways home that are in vain so far, or altogether.
async fn returns<C: ConnectionTrait>(db: &C, ids: Vec<Uuid>) -> Result<Vec<shipments::Model>, Error> {
    use shipments::{Column, Entity};
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let vain = Entity::find()
        .filter(Column::DossierId.is_in(ids))
        .filter(Column::State.is_in(["undelivered", "returned_to_agency"]));
    Ok(vain.filter(Column::Leg.eq("return")).all(db).await?)
}

fn undelivered(row: &shipments::Model) -> Option<(Uuid, Undelivered)> {
    let at = row.undelivered_at.filter(|_| row.state == "undelivered")?;
    let attempts = u16::try_from(row.failed_attempts).unwrap_or(u16::MAX);
    Some((row.dossier_id, Undelivered { shipment: row.id, attempts, at }))
}

fn back(row: &shipments::Model) -> Option<(Uuid, DateTime<Utc>)> {
    let at = row.closed_at.filter(|_| row.state == "returned_to_agency")?;
    Some((row.dossier_id, at))
}
