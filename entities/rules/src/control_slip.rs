//! The control slip: until when each hand-over has time, and whether it was early, on time or late (L-23, L-24, L-53).

use crate::calendar::Calendar;
use crate::deadlines::{TimeLimit, TimeUnit, due, transfer_by};
use crate::forms::control_slip::Timeliness;
use crate::local_time::local_date;
use crate::office_hours::OfficeHours;
use crate::procedure::Channel;
use chrono::{DateTime, Utc};

/// Until when the desk hands a received dossier on: papers the same day, after 15:00 first thing on the next working
/// day (L-23); electronic ones at once, which is before the session ends (L-24).
pub fn hand_on_by(
    channel: Channel,
    received_at: DateTime<Utc>,
    calendar: &Calendar,
    hours: &OfficeHours,
) -> DateTime<Utc> {
    match channel {
        Channel::Online => {
            let at_once = TimeLimit { amount: 0, unit: TimeUnit::AtOnce };
            allotted_until(at_once, received_at, calendar, hours)
        }
        Channel::Desk | Channel::Post => transfer_by(received_at, calendar, hours),
    }
}

/// End of the time allotted to a step that was given at a moment.
pub fn allotted_until(
    limit: TimeLimit,
    given_at: DateTime<Utc>,
    calendar: &Calendar,
    hours: &OfficeHours,
) -> DateTime<Utc> {
    due(limit, given_at, calendar, hours, None).due
}

/// How work that ended at a moment stands to its time: early on a day before the last, on time until the very end
/// of it, then late.
pub fn timeliness(due_at: DateTime<Utc>, ended_at: DateTime<Utc>) -> Timeliness {
    if ended_at > due_at {
        Timeliness::Late
    } else if local_date(ended_at) < local_date(due_at) {
        Timeliness::Early
    } else {
        Timeliness::OnTime
    }
}
