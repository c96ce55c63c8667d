//! The limits the law fixes for every procedure, and the two ways of saying "on time".

use crate::calendar::Calendar;
use crate::deadlines::due::{Span, due};
use crate::deadlines::limit::{TimeLimit, TimeUnit};
use crate::local_time::{instant, local, local_date};
use crate::office_hours::OfficeHours;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

/// Until when an online submission must be answered: 8 working hours from its arrival (L-11), counted again
/// from the payment where the fee is paid before reception (L-12).
pub fn answer_due(
    submitted_at: DateTime<Utc>,
    paid_first_at: Option<DateTime<Utc>>,
    calendar: &Calendar,
    hours: &OfficeHours,
) -> Span {
    let start = paid_first_at.map_or(submitted_at, |paid| paid.max(submitted_at));
    due(TimeLimit { amount: 8, unit: TimeUnit::WorkingHours }, start, calendar, hours, None)
}

/// Until when a supplement may be asked for after reception: 3 working days unless sector law says otherwise
/// (L-25, L-27).
pub fn supplement_request_due(
    days: u16,
    received_at: DateTime<Utc>,
    calendar: &Calendar,
    hours: &OfficeHours,
) -> Span {
    let limit = TimeLimit { amount: days.into(), unit: TimeUnit::WorkingDays };
    due(limit, received_at, calendar, hours, None)
}

/// Last moment to send the apology for a dossier that will be late: one calendar day before the due day,
/// moved earlier over days off (L-40).
pub fn apology_by(due: DateTime<Utc>, calendar: &Calendar, hours: &OfficeHours) -> DateTime<Utc> {
    let due = local_date(due);
    let day = calendar.working_day_until(due.pred_opt().unwrap_or(due));
    instant(hours.closes(day))
}

/// Until when a paper dossier is handed to the unit that processes it: the same working day, or first thing
/// on the next one when received after 15:00 (L-23). Online dossiers go at once (L-24).
pub fn transfer_by(received_at: DateTime<Utc>, calendar: &Calendar, hours: &OfficeHours) -> DateTime<Utc> {
    let at = local(received_at);
    let three_o_clock = NaiveTime::MIN.overflowing_add_signed(TimeDelta::hours(15)).0;
    if calendar.is_working_day(at.date()) && at.time() <= three_o_clock {
        return instant(hours.closes(at.date()));
    }
    instant(hours.opens(calendar.next_working_day(at.date())))
}

/// On time to the second, as the national index compares (QĐ 766; worked example 13).
pub fn on_time_to_the_second(due: DateTime<Utc>, finished_at: DateTime<Utc>) -> bool {
    local(finished_at) <= local(due)
}

/// On time by date, as the provincial report II.06 compares (worked example 13).
pub fn on_time_by_date(due: DateTime<Utc>, finished_at: DateTime<Utc>) -> bool {
    local_date(finished_at) <= local_date(due)
}
