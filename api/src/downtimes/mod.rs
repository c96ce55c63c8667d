//! When the office is away: announced by administrators, read by everybody.

mod announce;
mod downtime_view;
mod list_downtimes;

pub(crate) use announce::*;
pub(crate) use list_downtimes::*;
