//! Writing a notice down before it is handed over: one row for dossier, event, occasion, channel and recipient.

use super::state::NoticeState;
use crate::columns::{from_json, json_of};
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::sealing::Sealer;
use crate::tables::notices::{Column, Entity, Model};
use crate::writing::Batch;
use chrono::{DateTime, Utc};
use rules::jobs::Job;
use rules::notices::{NoticeChannel, NoticeEvent, Wording};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// What is told and because of what; the same for all channels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The dossier.
    pub dossier: Uuid,
    /// History entry as of which it is told.
    pub entry: i32,
    /// The event.
    pub event: NoticeEvent,
    /// What makes it unique beside the event.
    pub occasion: String,
    /// When it happened.
    pub act_at: DateTime<Utc>,
    /// Whose preferences hold.
    pub person: String,
}

/// A notice for one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// The channel.
    pub channel: NoticeChannel,
    /// Address, number, or name of the inbox.
    pub recipient: String,
    /// What is told; none when there are no words that can go this way.
    pub wording: Option<Wording>,
    /// Versions of the words.
    pub template: String,
    /// Why it cannot go this way; none when it can.
    pub failed: Option<String>,
    /// Quiet hours hold for it.
    pub quiet: bool,
    /// From when it may be handed over.
    pub hand_at: DateTime<Utc>,
}

/// Everything told of this event on this occasion so far, in the order of writing.
pub async fn told<C: ConnectionTrait>(
    db: &C,
    dossier: Uuid,
    event: &str,
    occasion: &str,
) -> Result<Vec<Model>, Error> {
    let rows = Entity::find()
        .filter(Column::DossierId.eq(dossier))
        .filter(Column::Event.eq(event))
        .filter(Column::Occasion.eq(occasion));
    Ok(rows.order_by_asc(Column::Id).all(db).await?)
}

/// Adds the rows, and a job for each that is still to be handed over. A second writing fails on the unique index.
pub fn write(
    batch: &mut Batch,
    sealer: &Sealer,
    cause: &Cause,
    notices: Vec<NewNotice>,
    (at, traceparent): (DateTime<Utc>, Option<String>),
) -> Result<(), Error> {
    let mut work = Vec::new();
    for notice in notices {
        let row = row(sealer, cause, &notice, at)?;
        if row.state == NoticeState::Waiting.key() {
            work.push(NewJob {
                cause: Some(format!("dossier:{}#{}", cause.dossier, cause.entry)),
                unique_key: Some(format!("notice:{}", row.id)),
                traceparent: traceparent.clone(),
                ..NewJob::new(job(&row), notice.hand_at)
            });
        }
        batch.insert(row);
    }
    batch.add_some(jobs::insert(work, at)?);
    Ok(())
}

/// The job that hands a row over. What waits for the morning never stands in the way of what does not.
pub fn job(row: &Model) -> Job {
    let line = if row.quiet { format!("{}_quiet", row.channel) } else { row.channel.clone() };
    Job::HandNotice { notice: row.id, dossier: row.dossier_id, entry: row.entry, line }
}

fn row(sealer: &Sealer, cause: &Cause, notice: &NewNotice, at: DateTime<Utc>) -> Result<Model, Error> {
    let (id, channel) = (Uuid::now_v7(), notice.channel.key());
    let state = match (&notice.failed, notice.channel) {
        (Some(_), _) => NoticeState::Failed,
        (None, NoticeChannel::Inbox) => NoticeState::Handed,
        (None, _) => NoticeState::Waiting,
    };
    Ok(Model {
        id,
        dossier_id: cause.dossier,
        entry: cause.entry,
        event: cause.event.key().into(),
        occasion: cause.occasion.clone(),
        channel: channel.into(),
        recipient_index: sealer.index(channel, &notice.recipient.to_lowercase()),
        recipient_sealed: sealer.seal(&recipient_of(id), &notice.recipient)?,
        person: cause.person.clone(),
        addressee: (notice.channel == NoticeChannel::Inbox).then(|| notice.recipient.clone()),
        state: state.key().into(),
        template: notice.template.clone(),
        words_sealed: sealer.seal(&words_of(id), &json_of(&notice.wording)?)?,
        reason: notice.failed.clone(),
        quiet: notice.quiet,
        repeats: 0,
        party: None,
        party_ref: None,
        act_at: cause.act_at,
        hand_at: notice.hand_at,
        created_at: at,
        handed_over_at: (state == NoticeState::Handed).then_some(at),
        delivered_at: None,
        seen_by: None,
        seen_at: None,
    })
}

/// Whom it goes to, opened.
pub fn recipient(sealer: &Sealer, row: &Model) -> Result<String, Error> {
    sealer.open(&recipient_of(row.id), &row.recipient_sealed)
}

/// What is told, opened; none when there were no words for this channel.
pub fn wording(sealer: &Sealer, row: &Model) -> Result<Option<Wording>, Error> {
    from_json("notices.words", &sealer.open(&words_of(row.id), &row.words_sealed)?)
}

fn recipient_of(id: Uuid) -> String {
    format!("notice-recipient:{id}")
}

fn words_of(id: Uuid) -> String {
    format!("notice-words:{id}")
}
