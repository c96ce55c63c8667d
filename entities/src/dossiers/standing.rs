//! What the rules must know of a dossier, gathered from its row.

use super::{Door, acts::Act, is_mine};
use crate::catalogue::Revised;
use crate::columns::from_key;
use crate::error::Error;
use crate::tables::dossiers::Model;
use rules::lifecycle::Standing;
use rules::status::Status;

/// The status of a row.
pub(super) fn status(dossier: &Model) -> Result<Status, Error> {
    Status::from_key(&dossier.status).ok_or_else(|| Error::damaged("dossiers.status", &dossier.status))
}

/// The standing of a dossier for the person at the door; a result comes with the act that issues it.
pub(super) fn of(
    door: &Door<'_>,
    dossier: &Model,
    revised: &Revised,
    act: Option<&Act>,
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
        has_result: !matches!(act, Some(Act::Decide { file: None, .. })),
        mine: is_mine(dossier, door.by, door.sealer),
        assignee: dossier.assignee.clone(),
        unit: dossier.unit_id,
        authority: dossier.authority_id,
    })
}
