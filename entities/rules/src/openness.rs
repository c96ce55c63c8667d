//! What the office owes to the public in time: publishing procedures, announcing that it will be away.

use crate::calendar::Calendar;
use crate::refusal::Block;
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The decision by which the province publishes a revision (quyết định công bố).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// Its number, such as `QĐ 12/QĐ-UBND`.
    pub number: String,
    /// Day of signing.
    pub on: NaiveDate,
}

const DAYS_TO_PUBLISH: usize = 5;
const DAYS_TO_ANNOUNCE: u32 = 7;
const ARTICLE: &str = "NĐ 224/2026 Đ13";

/// Last day to publish a procedure that was decided on a day: 5 working days after it (L-55).
pub fn publish_by(decided_on: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let first = Some(calendar.next_working_day(decided_on));
    let mut days = std::iter::successors(first, |day| Some(calendar.next_working_day(*day)));
    days.nth(DAYS_TO_PUBLISH - 1).unwrap_or(NaiveDate::MAX)
}

/// First day on which a downtime announced on a day may be planned: 7 working days after it (L-17).
pub fn downtime_from(announced_on: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let next = announced_on.checked_add_days(Days::new(1)).unwrap_or(announced_on);
    let mut days = next.iter_days();
    days.find(|day| calendar.count(next, *day) >= DAYS_TO_ANNOUNCE).unwrap_or(NaiveDate::MAX)
}

/// What stands against a downtime that begins on `from`; one that nobody planned is announced when it comes.
pub fn downtime_block(
    announced_on: NaiveDate,
    from: NaiveDate,
    unplanned: bool,
    calendar: &Calendar,
) -> Option<Block> {
    let earliest = downtime_from(announced_on, calendar);
    (!unplanned && from < earliest).then(|| Block {
        code: "downtime_too_soon",
        vi: format!(
            "Tạm dừng theo kế hoạch phải báo trước ít nhất 7 ngày làm việc; sớm nhất là ngày {}.",
            earliest.format("%d/%m/%Y")
        ),
        en: format!("A planned downtime is announced 7 working days before; the earliest day is {earliest}."),
        legal_basis: Some(ARTICLE),
    })
}
