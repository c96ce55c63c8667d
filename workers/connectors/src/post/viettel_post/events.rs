//! Events, however they come: asked for at a path of the settings, or sent by the carrier with its token.

use super::Settings;
use crate::{
    failure::Failure,
    loose_json::text,
    post::{Tracked, TrackingEvent, TrackingState, Unheard},
    trip::{read_stamp, stamp},
};
use chrono::NaiveDateTime;
use rules::local_time::instant;
use secrecy::ExposeSecret;
use serde_json::Value;
use subtle::ConstantTimeEq;

/// Without a list there is nothing to ask: good where the carrier sends its events, and otherwise said in words.
pub(super) fn nothing_to_ask(settings: &Settings, cursor: Option<&str>) -> Result<Tracked, Failure> {
    if settings.webhook_token.is_none() {
        return Err(Failure::fail(
            "Viettel Post is not followed: the settings hold neither a tracking path nor a webhook token",
        ));
    }
    Ok(Tracked { events: Vec::new(), next_cursor: cursor.map(str::to_owned), more: false })
}

/// The moment to ask from; refuses a cursor that no event of ours gave.
pub(super) fn cursor(cursor: Option<&str>) -> Result<&str, Failure> {
    let Some(cursor) = cursor else { return Ok("") };
    let moment = cursor.split('-').next().unwrap_or_default();
    match read_stamp(moment) {
        Some(_) => Ok(moment),
        None => Err(Failure::fail("the cursor of the tracking list is not one of ours")),
    }
}

/// The list after a cursor, oldest first. An event that cannot be read makes the whole list unreadable.
pub(super) fn read_tracked(
    settings: &Settings,
    cursor: Option<&str>,
    data: &Value,
) -> Result<Tracked, Failure> {
    let unreadable = || Failure::retry("Viettel Post answered a list of events that cannot be read");
    let rows = data.as_array().ok_or_else(unreadable)?;
    let events: Option<Vec<_>> = rows.iter().map(|row| read_event(settings, row)).collect();
    let mut events = events.ok_or_else(unreadable)?;
    events.sort_by(|one, other| one.event_id.cmp(&other.event_id));
    events.retain(|event| cursor.is_none_or(|cursor| cursor < event.event_id.as_str()));
    let last = events.last().map(|event| event.event_id.clone());
    Ok(Tracked { events, next_cursor: last.or_else(|| cursor.map(str::to_owned)), more: false })
}

/// What the carrier sent by itself, once its token is seen to be the one of the settings.
pub(super) fn read_sent(settings: &Settings, body: &[u8]) -> Result<Vec<TrackingEvent>, Unheard> {
    let token = settings.webhook_token.as_ref().ok_or(Unheard::NotExpected)?;
    let said: Value = serde_json::from_slice(body).map_err(|_| Unheard::Unreadable)?;
    let given = text(&said, "TOKEN");
    if !bool::from(given.as_bytes().ct_eq(token.expose_secret().as_bytes())) {
        return Err(Unheard::Forged);
    }
    let told = said.pointer(&settings.events.at).ok_or(Unheard::Unreadable)?;
    let one = std::slice::from_ref(told);
    let rows = told.as_array().map_or(one, Vec::as_slice).iter();
    rows.map(|row| read_event(settings, row)).collect::<Option<_>>().ok_or(Unheard::Unreadable)
}

/// The key of an event sorts by its moment.
fn read_event(settings: &Settings, row: &Value) -> Option<TrackingEvent> {
    let fields = &settings.events;
    let (raw_code, happened) = (text(row, &fields.code), text(row, &fields.happened));
    let at = NaiveDateTime::parse_from_str(&happened, "%d/%m/%Y %H:%M:%S").ok()?;
    let (ours, theirs) = (text(row, &fields.order_number), text(row, &fields.carrier_number));
    if raw_code.is_empty() || (ours.is_empty() && theirs.is_empty()) {
        return None;
    }
    let event = TrackingEvent {
        event_id: format!("{}-{raw_code}", stamp(instant(at))),
        order_number: if ours.is_empty() { theirs } else { ours },
        state: settings.states.get(&raw_code).copied().unwrap_or(TrackingState::Unknown),
        raw_message: text(row, &fields.message),
        raw_code,
    };
    Some(event.kept())
}
