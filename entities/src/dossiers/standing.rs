//! What the rules must know of a dossier, gathered from its row.

use super::is_mine;
use crate::catalogue::Revised;
use crate::columns::from_key;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers::Model;
use rules::actor::{Actor, Role};
use rules::lifecycle::{ActKind, Standing, explain};
use rules::refusal::Block;
use rules::status::Status;

/// The status of a row.
pub(crate) fn status(dossier: &Model) -> Result<Status, Error> {
    Status::from_key(&dossier.status).ok_or_else(|| Error::damaged("dossiers.status", &dossier.status))
}

/// The standing of a dossier for one person; a result comes with the act that issues it.
pub(super) fn of(
    (sealer, by): (&Sealer, &Actor),
    dossier: &Model,
    revised: &Revised,
    has_result: bool,
) -> Result<Standing, Error> {
    let content = &revised.content;
    let step = content.steps.iter().find(|s| Some(&s.key) == dossier.step.as_ref());
    Ok(Standing {
        status: status(dossier)?,
        received: dossier.received_at.is_some(),
        supplement_answered: dossier.supplement_answered,
        rounds_used: u8::try_from(dossier.rounds).unwrap_or(u8::MAX),
        rounds_allowed: content.supplement.max_rounds,
        step_role: step.map(|s| s.role),
        has_next_step: content.step_after(dossier.step.as_deref()).is_some(),
        fee: from_key("dossiers.fee_state", &dossier.fee_state)?,
        payment: content.payment,
        has_result,
        mine: is_mine(dossier, by, sealer) || speaks_for_paper(dossier, by),
        assignee: dossier.assignee.clone(),
        unit: dossier.unit_id,
        authority: dossier.authority_id,
    })
}

/// What a person may do to a dossier now, and what blocks each of the rest.
pub fn actions(
    sealer: &Sealer,
    by: &Actor,
    dossier: &Model,
    revised: &Revised,
) -> Result<Vec<(ActKind, Vec<Block>)>, Error> {
    let now = of((sealer, by), dossier, revised, true)?;
    Ok(ActKind::ALL.into_iter().map(|act| (act, explain(&now, act, by))).collect())
}

/// Who handed papers in at the desk or by post has no account here: the desk acts for them.
fn speaks_for_paper(dossier: &Model, by: &Actor) -> bool {
    dossier.channel != "online" && by.is_at(Role::DeskOfficer, dossier.unit_id)
}
