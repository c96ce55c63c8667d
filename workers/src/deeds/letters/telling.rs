//! Telling: the inbox at once, and the first channel outside that can go; the next one when that fails.

use super::about::About;
use super::facts;
use super::person::Person;
use super::speech::Speech;
use crate::deed::Attempt;
use crate::deeds::ended::{Ended, Trouble};
use crate::hands::Hands;
use connectors::wires::Wires;
use entities::Error;
use entities::notices::handing;
use entities::notices::state::NoticeState;
use entities::notices::telling::{Cause, NewNotice, told, write};
use entities::notices::templates::in_force;
use entities::tables::notices;
use entities::writing::Batch;
use rules::jobs::Queue;
use rules::notices::{NoticeChannel, Whom, route};
use rules::parties::PartyState;

/// Writes down what is told and to whom, once; the jobs of the rows hand them over.
pub(in crate::deeds) async fn tell(hands: &Hands, about: &About, attempt: &Attempt) -> Ended {
    let (dossier, event) = (about.past.dossier.id, about.event.key());
    if !told(hands.database.reader(), dossier, event, &about.occasion).await?.is_empty() {
        return Ok(());
    }
    let (person, speech) = prepared(hands, about).await?;
    let mut notices = Vec::new();
    if person.inbox.is_some() {
        notices.push(notice(hands, &person, &speech, NoticeChannel::Inbox)?);
    }
    notices.extend(outside(hands, about, (&person, &speech), &[])?);
    if notices.is_empty() {
        tracing::info!(%dossier, event, "the applicant gave no way to be reached; nobody is told");
        return Ok(());
    }
    let mut batch = Batch::default();
    write(&mut batch, &hands.sealer, &cause(about, &person), notices, by(hands, attempt))?;
    keep(hands, batch, None).await
}

/// A channel failed: its row says why, and the next channel that can go gets the notice. False when none is left.
pub(in crate::deeds) async fn pass_on(
    hands: &Hands,
    row: &notices::Model,
    reason: &str,
    attempt: &Attempt,
) -> Result<bool, Trouble> {
    let about = About::of(hands, row).await?;
    let tried = tried(hands, row).await?;
    let (person, speech) = prepared(hands, &about).await?;
    let notices = outside(hands, &about, (&person, &speech), &tried)?;
    let goes_on = notices.iter().any(|notice| notice.failed.is_none());
    let mut batch = Batch::default();
    write(&mut batch, &hands.sealer, &cause(&about, &person), notices, by(hands, attempt))?;
    keep(hands, batch, Some((row, reason))).await?;
    Ok(goes_on)
}

/// Whether another channel could go now.
pub(in crate::deeds) async fn follows(hands: &Hands, row: &notices::Model) -> Result<bool, Trouble> {
    let about = About::of(hands, row).await?;
    let tried = tried(hands, row).await?;
    let (person, speech) = prepared(hands, &about).await?;
    let notices = outside(hands, &about, (&person, &speech), &tried)?;
    Ok(notices.iter().any(|notice| notice.failed.is_none()))
}

async fn prepared(hands: &Hands, about: &About) -> Result<(Person, Speech), Error> {
    let asked = match about.event.whom() {
        Whom::Officers => facts::asked(hands, &about.past).await?.map(|question| question.unit_id),
        Whom::Applicant => None,
    };
    let person = Person::of(hands, about, asked).await?;
    let in_force = in_force(hands.database.reader(), about.event, hands.clock.now()).await?;
    Ok((person, Speech { event: about.event, facts: about.facts(hands).await?, in_force }))
}

async fn tried(hands: &Hands, row: &notices::Model) -> Result<Vec<String>, Error> {
    let rows = told(hands.database.reader(), row.dossier_id, &row.event, &row.occasion).await?;
    Ok(rows.into_iter().map(|row| row.channel).collect())
}

/// Channels up to the first that goes. One that is only switched off waits when no other goes.
fn outside(
    hands: &Hands,
    about: &About,
    (person, speech): (&Person, &Speech),
    tried: &[String],
) -> Result<Vec<NewNotice>, Error> {
    let mut notices = Vec::new();
    let mut waiting = None;
    for channel in route(about.event, &person.wishes, person.reach()) {
        if tried.iter().any(|key| key == channel.key()) {
            continue;
        }
        let mut notice = notice(hands, person, speech, channel)?;
        match (readiness(&hands.wires, channel), &notice.failed) {
            (Ready::Yes, None) => {
                notices.push(notice);
                return Ok(notices);
            }
            (Ready::SwitchedOff(why), None) => {
                waiting.get_or_insert(notices.len());
                notice.failed = Some(why);
            }
            (Ready::No(why), None) => notice.failed = Some(why),
            (_, Some(_)) => {}
        }
        notices.push(notice);
    }
    if let Some(notice) = waiting.and_then(|at| notices.get_mut(at)) {
        notice.failed = None;
    }
    Ok(notices)
}

fn notice(
    hands: &Hands,
    person: &Person,
    speech: &Speech,
    channel: NoticeChannel,
) -> Result<NewNotice, Error> {
    let now = hands.clock.now();
    let quiet = channel.rings() && person.wishes.quiet_hours && !speech.event.is_urgent();
    let (wording, template, failed) = match speech.through(channel, person.wishes.language)? {
        Ok(spoken) => (Some(spoken.wording), spoken.template, None),
        Err(why) => (None, String::new(), Some(why)),
    };
    Ok(NewNotice {
        channel,
        recipient: person.recipient(channel),
        wording,
        template,
        failed,
        quiet,
        hand_at: if quiet { hands.office.quiet_hours.after(now) } else { now },
    })
}

enum Ready {
    Yes,
    SwitchedOff(String),
    No(String),
}

fn readiness(wires: &Wires, channel: NoticeChannel) -> Ready {
    let (key, found) = match channel {
        NoticeChannel::Inbox => return Ready::Yes,
        NoticeChannel::Email => (wires.mailer_key(), wires.mailer.is_some()),
        NoticeChannel::Sms | NoticeChannel::Zalo => {
            let found = wires.texts_for(channel).map(|(key, _)| key.to_owned());
            (found.clone(), found.is_some())
        }
    };
    if !found {
        let key = channel.key();
        return Ready::No(format!("chưa khai báo kênh {key} / no connector is set up for {key}"));
    }
    let state = key.as_ref().and_then(|key| wires.lines.get(key)).map(connectors::line::Line::state);
    match state {
        None | Some(PartyState::Live) => Ready::Yes,
        Some(state) => {
            let (channel, state) = (channel.key(), state.key());
            Ready::SwitchedOff(format!(
                "kênh {channel} đang {state} / the connector for {channel} is {state}"
            ))
        }
    }
}

fn cause(about: &About, person: &Person) -> Cause {
    Cause {
        dossier: about.past.dossier.id,
        entry: about.past.entry.seq,
        event: about.event,
        occasion: about.occasion.clone(),
        act_at: about.act_at,
        person: person.name.clone(),
    }
}

fn by(hands: &Hands, attempt: &Attempt) -> (chrono::DateTime<chrono::Utc>, Option<String>) {
    (hands.clock.now(), attempt.traceparent.clone())
}

async fn keep(hands: &Hands, batch: Batch, failed: Option<(&notices::Model, &str)>) -> Ended {
    let tx = hands.database.begin().await?;
    if let Some((row, reason)) = failed.filter(|(row, _)| row.state != NoticeState::Undelivered.key()) {
        handing::failed(&tx, row.id, reason).await?;
    }
    batch.write(&tx).await?;
    tx.commit().await?;
    hands.wake.ring(Queue::Quick);
    Ok(())
}
