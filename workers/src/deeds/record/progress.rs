//! What was done at an entry: as a progress line, or as the status of a dossier that was handed in at the portal.

use super::papers::Papers;
use super::results;
use crate::deeds::past::Past;
use crate::hands::Hands;
use chrono::{DateTime, Utc};
use connectors::portal::{ProgressLine, StatusTold, ToldPaper};
use entities::Error;
use entities::dossiers::{handovers, reading};
use entities::tables::handovers::Model as Handover;
use rules::lifecycle::ActKind;
use rules::status::Status;

/// What was done at the entry, by whom, in which step, and why when a reason was given.
pub(in crate::deeds) async fn line(hands: &Hands, past: &Past) -> Result<ProgressLine, Error> {
    let stretch = stretch(hands, past).await?;
    let unit = match &stretch {
        Some(stretch) => stretch.unit_id,
        None if past.act()? == ActKind::Correct => past.dossier.authority_id,
        // What is done outside the agency's own stretches is done at the desk that received it.
        None => past.dossier.unit_id,
    };
    let unit = hands.catalogue.unit(hands.database.reader(), unit, past.entry.at).await?;
    let title = Some(past.entry.actor_title.clone()).filter(|title| !title.is_empty());
    Ok(ProgressLine {
        code: past.dossier.code.clone(),
        officer: reading::actor_name(&hands.sealer, &past.dossier, &past.entry)?,
        done_at: past.entry.at,
        // Who holds no title here works in no department of ours.
        department: title.is_some().then(|| unit.row.name.clone()),
        title,
        content: content(hands, past)?,
        status: past.status()?,
        started_at: stretch.as_ref().map(|stretch| stretch.given_at),
        due_at: stretch.and_then(|stretch| stretch.due_at),
    })
}

/// The same for a dossier of the portal's own, with the result once there is one (wire.md §1.8).
pub(in crate::deeds) async fn status(
    hands: &Hands,
    past: &Past,
    at: DateTime<Utc>,
) -> Result<Option<StatusTold>, Error> {
    let Some(national_id) = past.dossier.national_id.clone() else { return Ok(None) };
    let papers = Papers::of(hands, past, at).await?;
    let told = results(hands, past, &papers).await?.into_iter().map(|result| ToldPaper {
        file_id: result.file_id,
        file_name: result.name,
        code: result.result_code,
        link: result.link,
    });
    Ok(Some(StatusTold {
        national_id,
        code: past.dossier.code.clone(),
        account: past.applicant.tech_id.clone(),
        content: content(hands, past)?,
        done_at: past.entry.at,
        status: past.status()?,
        papers: told.collect(),
    }))
}

fn content(hands: &Hands, past: &Past) -> Result<String, Error> {
    let act = past.act()?;
    let spoken = [
        ActKind::Refuse,
        ActKind::RequestSupplement,
        ActKind::Withdraw,
        ActKind::Stop,
        ActKind::Decide,
        ActKind::Correct,
    ];
    let reason = reading::note(&hands.sealer, &past.dossier, &past.entry)?.filter(|_| spoken.contains(&act));
    let done = capitalised(act.name_vi()) + &onward(past, act);
    Ok(reason.map_or_else(|| done.clone(), |reason| format!("{done}: {reason}")))
}

/// Where a forwarding leads: without it two within a second would be the same line on the wire.
fn onward(past: &Past, act: ActKind) -> String {
    let step = past.revised.content.steps.iter().find(|step| Some(&step.key) == past.entry.step.as_ref());
    step.filter(|_| act == ActKind::Forward).map_or_else(String::new, |step| format!(": {}", step.name))
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// The hand-over in which the entry was done: the one that was open before it. None for what was done while the agency
/// had nothing to work on, such as the submission and the reception itself.
async fn stretch(hands: &Hands, past: &Past) -> Result<Option<Handover>, Error> {
    let before = past.entry.from_status.as_deref().and_then(Status::from_key);
    if !before.is_some_and(at_work) {
        return Ok(None);
    }
    let earlier = past.history.iter().filter(|entry| entry.seq < past.entry.seq);
    let opened = earlier.filter(|entry| opens(&entry.act, &entry.from_status, &entry.to_status)).count();
    let slip = handovers::slip(hands.database.reader(), past.dossier.id).await?;
    Ok(slip.into_iter().find(|row| usize::try_from(row.seq).is_ok_and(|seq| seq == opened)))
}

/// The entry opened a stretch of work, as the door writes it on the control slip.
fn opens(act: &str, from: &Option<String>, to: &str) -> bool {
    let moved = [ActKind::Forward, ActKind::SendBack, ActKind::Admit].iter().any(|kind| kind.key() == act);
    let worked = from.as_deref().and_then(Status::from_key).is_some_and(at_work);
    Status::from_key(to).is_some_and(at_work) && (moved || !worked)
}

fn at_work(status: Status) -> bool {
    matches!(status, Status::Received | Status::Processing)
}
