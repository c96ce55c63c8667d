//! What the rules must know of a dossier, gathered from its row.

use super::children::family;
use super::{consultations, correcting, is_mine, originals, sender};
use crate::catalogue::Revised;
use crate::columns::from_key;
use crate::digitisations;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers::Model;
use chrono::{DateTime, Utc};
use rules::actor::{Actor, Role};
use rules::lifecycle::{ActKind, Standing, explain};
use rules::local_time::local_date;
use rules::refusal::Block;
use rules::regime::{Profile, Regime, in_force};
use rules::status::Status;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// The status of a row.
pub(crate) fn status(dossier: &Model) -> Result<Status, Error> {
    Status::from_key(&dossier.status).ok_or_else(|| Error::damaged("dossiers.status", &dossier.status))
}

/// What the rules must know besides the row; what comes with the act, and what hangs on the dossier.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// A result file comes with the act.
    pub has_result: bool,
    /// The due moment an extension asks for.
    pub new_due: Option<DateTime<Utc>>,
    /// Child dossiers that are not over.
    pub open_children: u16,
    /// Units asked for their opinion that have not answered.
    pub consulted: Vec<Uuid>,
    /// Originals kept for comparison are given back with the act.
    pub originals_back: bool,
    /// The result is on its way by post.
    pub in_the_post: bool,
    /// Names of papers that must be digitised and are not.
    pub undigitised: Vec<String>,
}

/// What hangs on a dossier, for the list of its actions; an act reads no more of it than it needs.
pub async fn around<C: ConnectionTrait>(db: &C, dossier: &Model) -> Result<Around, Error> {
    Ok(Around {
        consulted: consultations::open_units(db, dossier.id).await?,
        open_children: family::open_count(db, dossier.id).await?,
        in_the_post: dossier.decided_at.is_some() && correcting::in_the_post(db, dossier.id).await?,
        undigitised: undigitised(db, dossier).await?,
        ..Around::default()
    })
}

/// Names of the papers of a dossier with a result that are still to be digitised (R-C1).
pub(super) async fn undigitised<C: ConnectionTrait>(db: &C, dossier: &Model) -> Result<Vec<String>, Error> {
    if dossier.decided_at.is_none() {
        return Ok(Vec::new());
    }
    let open = digitisations::reading::open_of_dossier(db, dossier.id).await?;
    Ok(open.into_iter().map(|item| item.name).collect())
}

/// The standing of a dossier for one person at a moment.
pub(super) fn of(
    (sealer, by, at): (&Sealer, &Actor, DateTime<Utc>),
    dossier: &Model,
    revised: &Revised,
    around: Around,
) -> Result<Standing, Error> {
    let content = &revised.content;
    let step = content.steps.iter().find(|s| Some(&s.key) == dossier.step.as_ref());
    let profile = profile(dossier, at)?;
    let elsewhere = dossier.unit_id != dossier.authority_id;
    Ok(Standing {
        status: status(dossier)?,
        received: dossier.received_at.is_some(),
        supplement_answered: dossier.supplement_answered,
        rounds_used: u8::try_from(dossier.rounds).unwrap_or(u8::MAX),
        rounds_allowed: profile.supplement_of(content).max_rounds,
        rounds_open: dossier.ask_by.is_none_or(|last| at <= last),
        started: dossier.clock_events > 0,
        starts_at_authority: elsewhere && profile.starts_at_admission(),
        extensions_used: u8::try_from(dossier.extensions).unwrap_or(u8::MAX),
        extensions_allowed: profile.apology.most,
        apology_open: dossier.apology_by.is_some_and(|last| at <= last),
        new_due: around.new_due,
        step_role: step.map(|s| s.role),
        has_next_step: content.step_after(dossier.step.as_deref()).is_some(),
        has_earlier_step: content
            .steps
            .first()
            .is_some_and(|s| dossier.step.as_ref().is_some_and(|k| *k != s.key)),
        open_children: around.open_children,
        is_child: dossier.parent_id.is_some(),
        held: dossier.turn == "held",
        sender: sender(dossier),
        consulted: around.consulted,
        fee: from_key("dossiers.fee_state", &dossier.fee_state)?,
        payment: content.payment,
        has_result: around.has_result,
        originals_kept: !around.originals_back && originals::out(dossier)?,
        in_the_post: around.in_the_post,
        undigitised: around.undigitised,
        mine: is_mine(dossier, by, sealer) || speaks_for_paper(dossier, by),
        assignee: dossier.assignee.clone(),
        unit: dossier.unit_id,
        authority: dossier.authority_id,
    })
}

/// The profile of the law for a dossier at a moment: that of the day it was received, and until then that of the day.
pub fn profile(dossier: &Model, at: DateTime<Utc>) -> Result<&'static Profile, Error> {
    let Some(received) = dossier.received_at else { return Ok(in_force(local_date(at))) };
    let regime: Regime = from_key("dossiers.regime", &dossier.regime)?;
    Ok(regime.on(local_date(received)))
}

/// What a person may do to a dossier at a moment, and what blocks each of the rest; the office's own acts left out.
pub fn actions(
    (sealer, by, at): (&Sealer, &Actor, DateTime<Utc>),
    dossier: &Model,
    revised: &Revised,
    around: Around,
) -> Result<Vec<(ActKind, Vec<Block>)>, Error> {
    let around = Around { has_result: true, originals_back: true, ..around };
    let now = of((sealer, by, at), dossier, revised, around)?;
    let acts = ActKind::ALL.into_iter().filter(|act| !act.is_the_offices_own());
    Ok(acts.map(|act| (act, explain(&now, act, by))).collect())
}

/// Who handed papers in at the desk or by post has no account here: the desk acts for them. A child speaks through
/// the unit that opened it.
fn speaks_for_paper(dossier: &Model, by: &Actor) -> bool {
    match sender(dossier) {
        Some(unit) => by.is_at(Role::DeskOfficer, unit) || by.is_at(Role::CaseOfficer, unit),
        None => dossier.channel != "online" && by.is_at(Role::DeskOfficer, dossier.unit_id),
    }
}
