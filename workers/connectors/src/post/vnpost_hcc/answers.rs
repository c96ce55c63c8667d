//! What VNPost answers (wire.md §3.2).

use super::{Settings, bodies::page_size};
use crate::{
    failure::Failure,
    loose_json::text,
    outgoing::Answer,
    post::{Accepted, Tracked, TrackingEvent, TrackingState, port::code_or_none},
};
use serde_json::Value;

/// `Status` 100 and 101 are acceptance; an order that is there already was taken by an earlier attempt.
pub(super) fn read_accepted(answer: &Answer) -> Result<Accepted, Failure> {
    let said: Value = answer.json()?;
    let (status, words) = (text(&said, "Status"), text(&said, "Message"));
    let known = words.to_lowercase().contains("đã tồn tại");
    match status.as_str() {
        "" => Err(answer.unreadable()),
        "100" => Ok(Accepted { remark: None, carrier_number: None }),
        _ if status == "101" || known => Ok(Accepted { remark: Some(words), carrier_number: None }),
        _ => Err(Failure::refused(format!("the post refused (status {})", code_or_none(&status)), &words)),
    }
}

/// A page of the tracking list. The cursor stays where it was when the page is empty.
pub(super) fn read_tracked(
    settings: &Settings,
    cursor: Option<&str>,
    answer: &Answer,
) -> Result<Tracked, Failure> {
    let said: Value = answer.json()?;
    let rows =
        said.pointer("/_embedded/rh:doc").and_then(Value::as_array).ok_or_else(|| answer.unreadable())?;
    let events = rows.iter().map(|row| read_event(settings, row));
    let events: Vec<_> = events.collect::<Option<_>>().ok_or_else(|| answer.unreadable())?;
    let last = events.last().map(|event: &TrackingEvent| event.event_id.clone());
    Ok(Tracked {
        more: events.len() >= usize::from(page_size(settings)),
        next_cursor: last.or_else(|| cursor.map(str::to_owned)),
        events,
    })
}

fn read_event(settings: &Settings, row: &Value) -> Option<TrackingEvent> {
    let event_id = row.pointer("/_id/$oid")?.as_str()?.to_owned();
    let raw_code = either(row, "StatusCode", "statusCode");
    let event = TrackingEvent {
        event_id,
        order_number: either(row, "OrderNumber", "orderNumber"),
        state: settings.states.get(&raw_code).copied().unwrap_or(TrackingState::Unknown),
        raw_message: either(row, "StatusMessage", "statusMessage"),
        raw_code,
    };
    Some(event.kept())
}

// Both spellings are seen in the field (law.md §5).
fn either(row: &Value, upper: &str, lower: &str) -> String {
    let told = text(row, upper);
    if told.is_empty() { text(row, lower) } else { told }
}

/// `content.price`, in đồng.
pub(super) fn read_price(answer: &Answer) -> Result<i64, Failure> {
    let said: Value = answer.json()?;
    let content = said.get("content").ok_or_else(|| answer.unreadable())?;
    text(content, "price").parse().map_err(|_| answer.unreadable())
}
