//! The control slip, told from the history: each act that handed the dossier on, and who took it then.

use super::filling;
use super::issuing::Happened;
use crate::catalogue::Revised;
use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::tables::dossiers::Model;
use chrono::{DateTime, Utc};
use rules::forms::control_slip::{ControlSlip, Handover, Timeliness};
use rules::lifecycle::ActKind;
use rules::local_time::local_date;

/// Where a dossier lies before anybody works on it and after the result is out.
const DESK: &str = "Bộ phận Một cửa";

/// One act, as far as the slip tells of it.
struct Entry {
    act: String,
    step: Option<String>,
    who: String,
    at: DateTime<Utc>,
}

/// The slip of a dossier; `now` is an act whose entry is not written yet.
pub(super) async fn of(
    door: &Door<'_>,
    dossier: &Model,
    revised: &Revised,
    now: Option<&Happened<'_>>,
) -> Result<ControlSlip, Error> {
    let written = reading::entries(door.tx, dossier.id).await?;
    let mut entries: Vec<Entry> = written
        .into_iter()
        .map(|row| Entry { act: row.act, step: row.step, who: row.actor_name, at: row.at })
        .collect();
    entries.extend(now.map(|happened| Entry {
        act: happened.act.key().into(),
        step: happened.after.step.clone(),
        who: door.by.name.clone(),
        at: door.at,
    }));
    let due_at = dossier.due_at.or(now.and_then(|happened| happened.before.due_at));
    let authority = filling::name_of(door, dossier.authority_id).await?;
    let handovers = handovers(&entries, revised, &authority, due_at);
    Ok(ControlSlip {
        matter: filling::matter_of(door, dossier, &revised.content)?,
        authority,
        partners: Vec::new(),
        received_at: dossier.received_at,
        due_at,
        handovers,
    })
}

fn handovers(
    entries: &[Entry],
    revised: &Revised,
    authority: &str,
    due_at: Option<DateTime<Utc>>,
) -> Vec<Handover> {
    let mut lies_at = DESK.to_owned();
    let mut found = Vec::new();
    let mut rest = entries;
    while let [entry, later @ ..] = rest {
        rest = later;
        let Some(to) = goes_to(entry, revised, authority) else { continue };
        let taken = later.iter().find(|next| takes(next));
        found.push(Handover {
            from: std::mem::replace(&mut lies_at, to.clone()),
            to,
            giver: entry.who.clone(),
            given_at: entry.at,
            taker: taken.map(|next| next.who.clone()).unwrap_or_default(),
            taken_at: taken.map(|next| next.at),
            timeliness: due_at.filter(|_| ends(&entry.act)).map(|due| timeliness(entry.at, due)),
            note: String::new(),
        });
    }
    found
}

/// Where the dossier lies after this act; none when it stays.
fn goes_to(entry: &Entry, revised: &Revised, authority: &str) -> Option<String> {
    let step = revised.content.steps.iter().find(|step| Some(&step.key) == entry.step.as_ref());
    let kept = [ActKind::Accept, ActKind::Admit, ActKind::Forward, ActKind::SendBack];
    if kept.iter().any(|act| act.key() == entry.act) {
        return Some(step.map_or_else(|| authority.to_owned(), |step| step.name.clone()));
    }
    (ends(&entry.act) || entry.act == ActKind::Stop.key()).then(|| DESK.to_owned())
}

/// Only the last hand-over is held against the due date; the steps' own times come with the process.
fn ends(act: &str) -> bool {
    act == ActKind::Decide.key()
}

/// The next who claims it, or does anything else with it as an officer.
fn takes(entry: &Entry) -> bool {
    let acts = [
        ActKind::Claim,
        ActKind::Forward,
        ActKind::SendBack,
        ActKind::Decide,
        ActKind::Stop,
        ActKind::Extend,
        ActKind::RequestSupplement,
        ActKind::Return,
    ];
    acts.iter().any(|act| act.key() == entry.act)
}

fn timeliness(at: DateTime<Utc>, due: DateTime<Utc>) -> Timeliness {
    if at > due {
        Timeliness::Late
    } else if local_date(at) < local_date(due) {
        Timeliness::Early
    } else {
        Timeliness::OnTime
    }
}
