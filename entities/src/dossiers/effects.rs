//! What every act leaves behind: the history entry, the clock event, and the jobs with their cause.

use super::dating::Tick;
use super::own_key::{actor_place, own};
use super::{Door, standing};
use crate::chronicle::Entry;
use crate::chronicle::about::About;
use crate::chronicle::canon::{record_hash, state_hash};
use crate::chronicle::entry::{Happening, Kind, entry, is_private};
use crate::columns::json_of;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::shipments::{self, NewShipment};
use crate::tables::{clock_events, dossiers, history};
use crate::writing::Batch;
use rules::deadlines::ClockKind;
use rules::jobs::Job;
use rules::lifecycle::{ActKind, Effect};
use rules::status::Status;

/// What happened, for the history.
pub(super) struct Facts<'a> {
    pub(super) act: ActKind,
    pub(super) from: Option<Status>,
    pub(super) to: Status,
    pub(super) note: Option<&'a str>,
    /// The dossier as it stood; none when it begins.
    pub(super) before: Option<&'a dossiers::Model>,
}

/// Adds the history entry numbered `dossier.entries`, its entry in the chronicle and the jobs of `effects` to the batch.
pub(super) fn record(
    door: &Door<'_>,
    batch: &mut Batch,
    dossier: &dossiers::Model,
    facts: Facts<'_>,
    effects: &[Effect],
) -> Result<(), Error> {
    let owner = format!("note:{}:{}", dossier.id, dossier.entries);
    let (own, private) = (own(door.sealer, dossier)?, is_private(door.by));
    let record = history::Model {
        dossier_id: dossier.id,
        seq: dossier.entries,
        act: facts.act.key().into(),
        from_status: facts.from.map(|s| s.key().into()),
        to_status: facts.to.key().into(),
        step: dossier.step.clone(),
        actor: door.by.subject.clone(),
        actor_name: if private { String::new() } else { door.by.name.clone() },
        actor_name_sealed: private
            .then(|| own.seal(&actor_place(dossier.id, dossier.entries), &door.by.name))
            .transpose()?,
        actor_title: door.by.title.clone(),
        note_sealed: facts.note.map(|text| own.seal(&owner, text)).transpose()?,
        at: door.at,
        trace: door.trace.map(Into::into),
    };
    batch.insert(told(door, dossier, &facts, &record)?);
    batch.insert(record);
    let mut rows = Vec::with_capacity(effects.len());
    for effect in effects {
        if !outward(dossier, facts.act, *effect)? {
            continue;
        }
        rows.extend(job(door, batch, dossier, *effect).map(|job| caused(door, dossier, job)));
        if *effect == Effect::Push && door.catalogue.law().usage_monitoring {
            let usage = Job::TrackUsage { dossier: dossier.id, entry: dossier.entries };
            rows.push(caused(door, dossier, usage));
        }
    }
    batch.add_some(jobs::insert(rows, door.at)?);
    Ok(())
}

/// The act for the chronicle, with the hashes of the dossier before and after it and of its history entry.
fn told(
    door: &Door<'_>,
    dossier: &dossiers::Model,
    facts: &Facts<'_>,
    record: &history::Model,
) -> Result<Entry, Error> {
    let before = facts.before.map(state_hash).transpose()?;
    let happening = Happening {
        kind: Kind::Act,
        what: facts.act.key(),
        thing: None,
        about: About::dossier(dossier, door.sealer),
        purpose: None,
        change: (before, Some(state_hash(dossier)?)),
        record: Some((record.seq, record_hash(record))),
        trace: door.trace,
        at: door.at,
    };
    entry(door.sealer, door.by, happening)
}

/// Adds a clock event numbered `dossier.clock_events`.
pub(super) fn tick(batch: &mut Batch, dossier: &dossiers::Model, tick: &Tick) -> Result<(), Error> {
    batch.insert(clock_events::Model {
        dossier_id: dossier.id,
        seq: dossier.clock_events,
        kind: tick.kind.key().into(),
        at: tick.at,
        extended_to: match tick.kind {
            ClockKind::Extended { to } => Some(to),
            _ => None,
        },
        entry: dossier.entries,
        terms: tick.terms.as_ref().map(json_of).transpose()?,
    });
    Ok(())
}

/// A child is the offices' own matter: the person hears of it when something is wanted of them, and the national
/// portal where the law has a place for it there (L-31, C-15).
fn outward(dossier: &dossiers::Model, act: ActKind, effect: Effect) -> Result<bool, Error> {
    if dossier.parent_id.is_none() {
        return Ok(true);
    }
    Ok(match effect {
        Effect::Notify => {
            matches!(act, ActKind::RequestSupplement | ActKind::RequestPayment | ActKind::Consult)
        }
        Effect::Push => standing::profile(dossier, dossier.updated_at)?.children_at_portal,
        Effect::Deliver | Effect::Form(_) => true,
    })
}

/// A job with the act as its cause.
pub(super) fn caused(door: &Door<'_>, dossier: &dossiers::Model, job: Job) -> NewJob {
    let mut row = NewJob::new(job, door.at);
    row.dossier = Some(dossier.id);
    row.cause = Some(format!("dossier:{}#{}", dossier.id, dossier.entries));
    row.traceparent = door.trace.map(Into::into);
    row
}

fn job(door: &Door<'_>, batch: &mut Batch, dossier: &dossiers::Model, effect: Effect) -> Option<Job> {
    match effect {
        Effect::Notify => Some(Job::SendNotice { dossier: dossier.id, entry: dossier.entries }),
        Effect::Push => Some(Job::PushToPortal { dossier: dossier.id, entry: dossier.entries }),
        Effect::Deliver if dossier.return_method == "post" => Some(delivery(door, batch, dossier)),
        Effect::Deliver | Effect::Form(_) => None,
    }
}

fn delivery(door: &Door<'_>, batch: &mut Batch, dossier: &dossiers::Model) -> Job {
    let new = NewShipment { leg: "return", order_number: order_number(dossier), contents: None };
    let row = shipments::opened(door, dossier, new);
    let job = shipments::job(&row);
    batch.insert(row);
    job
}

/// The code; a corrected result travels under a number of its own, for carriers take each number once.
fn order_number(dossier: &dossiers::Model) -> String {
    match dossier.corrections {
        0 => dossier.code.clone(),
        times => format!("{}-{}", dossier.code, times + 1),
    }
}
