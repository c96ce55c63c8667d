//! Hands one notice to its provider; when a channel fails for good, the next one gets it and the reason is kept.

use super::ended::{Ended, Trouble};
use super::letters::{follows, pass_on};
use crate::deed::Attempt;
use crate::hands::Hands;
use chrono::TimeDelta;
use connectors::failure::Failure;
use connectors::mail::Letter;
use connectors::text::{Content, Text};
use connectors::trip::Trip;
use entities::columns::from_key;
use entities::notices::handing;
use entities::notices::state::NoticeState;
use entities::notices::telling::{recipient, wording};
use entities::notices::unsubscribing::sign;
use entities::tables::notices::Model;
use rules::notices::{NoticeChannel, NoticeEvent, Wording, phone};
use uuid::Uuid;

/// Does one attempt. A repeated letter carries the same Message-ID, a repeated message the same key.
pub(super) async fn run(hands: &Hands, notice: Uuid, attempt: &Attempt) -> Ended {
    let row = handing::by_id(hands.database.reader(), notice).await?;
    match from_key("notices.state", &row.state)? {
        NoticeState::Handed | NoticeState::Delivered => return Ok(()),
        NoticeState::Undelivered => return go_on(hands, &row, UNDELIVERED, attempt).await,
        NoticeState::Failed if follows(hands, &row).await? => {
            return go_on(hands, &row, row.reason.as_deref().unwrap_or_default(), attempt).await;
        }
        NoticeState::Failed | NoticeState::Waiting | NoticeState::Handing => {}
    }
    let channel: NoticeChannel = from_key("notices.channel", &row.channel)?;
    if let Some(morning) = morning(hands, &row) {
        return Err(morning);
    }
    let cut_off = row.state == NoticeState::Handing.key();
    if cut_off && row.repeats > 0 && !channel.knows_repeats() {
        return go_on(hands, &row, CUT_OFF, attempt).await;
    }
    handing::begin(hands.database.writer(), &row).await?;
    match hand(hands, &row, channel, attempt).await {
        Ok(taken) => handed(hands, &row, taken).await,
        Err(failure) if failure.is_retry() => put_off(hands, (&row, channel), failure, attempt).await,
        Err(failure) => go_on(hands, &row, failure.reason(), attempt).await,
    }
}

const UNDELIVERED: &str = "nhà mạng báo không phát được / the provider says that it did not arrive";
const CUT_OFF: &str = "bị ngắt hai lần khi đang giao, không gửi lần thứ ba / \
                       cut off twice while it was handed over; it is not said a third time";

struct Taken {
    party: String,
    party_ref: Option<String>,
}

async fn hand(
    hands: &Hands,
    row: &Model,
    channel: NoticeChannel,
    attempt: &Attempt,
) -> Result<Taken, Failure> {
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let sealed = |_| Failure::fail("không mở được nội dung tin / the sealed words cannot be opened");
    let to = recipient(&hands.sealer, row).map_err(sealed)?;
    let words = wording(&hands.sealer, row).map_err(sealed)?;
    let words = words.ok_or_else(|| Failure::fail("tin không có lời / the notice has no words"))?;
    if channel == NoticeChannel::Email {
        hands.wires.mailer()?.send(&trip, &letter(hands, row, to, words)).await?;
        let party = hands.wires.mailer_key().unwrap_or_default();
        return Ok(Taken { party, party_ref: None });
    }
    let none = || Failure::fail(format!("no connector is set up for {}", channel.key()));
    let (key, carrier) = hands.wires.texts_for(channel).ok_or_else(none)?;
    let phone = phone(&to).ok_or_else(|| Failure::fail("the telephone number cannot take texts"))?;
    let content = match words {
        Wording::Zalo { template_id, params } => Content::Template { id: template_id, params },
        Wording::Sms { text, .. } | Wording::Inbox { text, .. } | Wording::Email { text, .. } => {
            Content::Words(text)
        }
    };
    let taken = carrier.send(&trip, &Text { key: row.id, phone, content }).await?;
    Ok(Taken { party: key.to_owned(), party_ref: taken.party_ref })
}

fn letter(hands: &Hands, row: &Model, to: String, words: Wording) -> Letter {
    let (subject, text, html) = match words {
        Wording::Email { subject, text, html } => (subject, text, html),
        Wording::Inbox { subject, text } => (subject, text, None),
        Wording::Sms { text, .. } => (row.event.clone(), text, None),
        Wording::Zalo { .. } => (row.event.clone(), String::new(), None),
    };
    let mut headers = vec![("Auto-Submitted".to_owned(), "auto-generated".to_owned())];
    headers.extend(unsubscribing(hands, row));
    let occasion = row.occasion.replace(':', "-");
    let message_id = format!("{}-{occasion}@{}", row.dossier_id, hands.office.host());
    Letter { message_id, key: row.id.to_string(), to, subject, text, html, headers }
}

/// One click ends what the law does not ask for (RFC 8058); letters that it asks for have no such link.
fn unsubscribing(hands: &Hands, row: &Model) -> Vec<(String, String)> {
    let required = from_key::<NoticeEvent>("notices.event", &row.event).is_ok_and(NoticeEvent::is_required);
    let signature = sign(&hands.office.link_secret, row.id);
    if required || signature.is_empty() {
        return Vec::new();
    }
    let url = &hands.office.public_url;
    let link = format!("<{url}/v1/notices/{}/unsubscription?signature={signature}>", row.id);
    vec![
        ("List-Unsubscribe".to_owned(), link),
        ("List-Unsubscribe-Post".to_owned(), "List-Unsubscribe=One-Click".to_owned()),
    ]
}

async fn handed(hands: &Hands, row: &Model, taken: Taken) -> Ended {
    let now = hands.clock.now();
    let known = (taken.party.as_str(), taken.party_ref.as_deref());
    handing::handed(hands.database.writer(), row.id, known, now).await?;
    let waited = now.signed_duration_since(row.act_at.max(row.hand_at)).to_std().unwrap_or_default();
    metrics::histogram!("notice_hand_over_seconds", "channel" => row.channel.clone())
        .record(waited.as_secs_f64());
    metrics::counter!("notices_total", "channel" => row.channel.clone(), "outcome" => "handed").increment(1);
    Ok(())
}

/// It waits for its party, but not for ever where another channel could go. What may have been said already stays as
/// it is, as after a cut: on a channel that knows no repeats it is said once more, and not again and again.
async fn put_off(
    hands: &Hands,
    (row, channel): (&Model, NoticeChannel),
    failure: Failure,
    attempt: &Attempt,
) -> Ended {
    let waited = hands.clock.now().signed_duration_since(row.hand_at);
    let patience = TimeDelta::minutes(i64::from(hands.office.notice_patience_minutes));
    if waited >= patience && follows(hands, row).await? {
        return go_on(hands, row, failure.reason(), attempt).await;
    }
    let writer = hands.database.writer();
    match channel.knows_repeats() || failure.left_undone() {
        true => handing::waits(writer, row.id, failure.reason()).await?,
        false => handing::unsure(writer, row.id, failure.reason()).await?,
    }
    Err(failure.into())
}

/// The next channel gets it. Where none is left the job is dead with the reason, to be seen and replayed.
async fn go_on(hands: &Hands, row: &Model, reason: &str, attempt: &Attempt) -> Ended {
    metrics::counter!("notices_total", "channel" => row.channel.clone(), "outcome" => "failed").increment(1);
    if pass_on(hands, row, reason, attempt).await? {
        return Ok(());
    }
    Err(Trouble::fail(reason))
}

/// Another attempt that falls into the night waits for the morning.
fn morning(hands: &Hands, row: &Model) -> Option<Trouble> {
    let now = hands.clock.now();
    let until = hands.office.quiet_hours.after(now);
    let after = until.signed_duration_since(now).to_std().ok().filter(|_| row.quiet && until > now)?;
    let reason = "giờ nghỉ đêm, sáng gửi / quiet hours, it goes in the morning";
    Some(Failure::wait("quiet_hours", after, reason).into())
}
