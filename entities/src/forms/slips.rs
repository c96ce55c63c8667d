//! The control slip: every hand-over with who gave, who took and how the giver stood to the time allotted.

use super::happened::{matter_of, name_of};
use crate::catalogue::Revised;
use crate::columns::from_key;
use crate::dossiers::{Door, consultations, handovers};
use crate::error::Error;
use crate::tables::dossiers::Model;
use crate::tables::handovers::Model as Stretch;
use rules::forms::control_slip::{ControlSlip, Handover, Timeliness};

/// Where a dossier comes from before its first stretch of work.
const APPLICANT: &str = "Người nộp hồ sơ";
/// Where it goes after the last one.
const DESK: &str = "Bộ phận Một cửa";

/// The slip of a dossier as its hand-overs stand in this transaction; `before` is the dossier before the present act.
pub(super) async fn of(
    door: &Door<'_>,
    dossier: &Model,
    revised: &Revised,
    before: &Model,
) -> Result<ControlSlip, Error> {
    let stretches = handovers::slip(door.tx, dossier.id).await?;
    let mut told = Vec::with_capacity(stretches.len() + 1);
    let mut last: Option<&Stretch> = None;
    for stretch in &stretches {
        told.push(handed(door, last, stretch)?);
        last = Some(stretch);
    }
    told.extend(last.map(back_at_the_desk).transpose()?.flatten());
    Ok(ControlSlip {
        matter: matter_of(door, dossier, &revised.content)?,
        authority: name_of(door, dossier.authority_id).await?,
        partners: partners(door, dossier).await?,
        received_at: dossier.received_at,
        due_at: dossier.due_at.or(before.due_at),
        handovers: told,
    })
}

/// The units that were asked (L-30), each once.
async fn partners(door: &Door<'_>, dossier: &Model) -> Result<Vec<String>, Error> {
    let mut names: Vec<String> = Vec::new();
    for asked in consultations::of_dossier(door.tx, dossier.id).await? {
        let name = name_of(door, asked.unit_id).await?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

fn handed(door: &Door<'_>, last: Option<&Stretch>, stretch: &Stretch) -> Result<Handover, Error> {
    Ok(Handover {
        from: last.map_or(APPLICANT, |last| &last.step_name).into(),
        to: stretch.step_name.clone(),
        giver: stretch.giver_name.clone().unwrap_or_else(|| APPLICANT.into()),
        given_at: stretch.given_at,
        taker: stretch.receiver_name.clone().unwrap_or_default(),
        taken_at: stretch.received_at,
        timeliness: last.map(outcome).transpose()?.flatten(),
        note: handovers::note(door.sealer, stretch)?.unwrap_or_default(),
    })
}

/// The last stretch ends by giving the dossier back; until then nobody has.
fn back_at_the_desk(last: &Stretch) -> Result<Option<Handover>, Error> {
    let Some(ended_at) = last.ended_at else { return Ok(None) };
    Ok(Some(Handover {
        from: last.step_name.clone(),
        to: DESK.into(),
        giver: last.receiver_name.clone().unwrap_or_default(),
        given_at: ended_at,
        taker: String::new(),
        taken_at: None,
        timeliness: outcome(last)?,
        note: String::new(),
    }))
}

fn outcome(stretch: &Stretch) -> Result<Option<Timeliness>, Error> {
    stretch.outcome.as_deref().map(|key| from_key("handovers.outcome", key)).transpose()
}
