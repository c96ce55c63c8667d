//! The calendar 2024-2027 of law.md §3.2, two plans of office hours, and short ways to write a moment.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rules::calendar::{Calendar, CalendarFile, MarkedDay};
use rules::deadlines::{TimeLimit, TimeUnit};
use rules::local_time::instant;
use rules::office_hours::{OfficeHours, Session};

const OFF: &[(&str, &str, &str)] = &[
    ("2024-01-01", "2024-01-01", "Tết Dương lịch"),
    ("2024-02-08", "2024-02-14", "Tết Nguyên đán"),
    ("2024-04-18", "2024-04-18", "Giỗ Tổ Hùng Vương"),
    ("2024-04-29", "2024-05-01", "Ngày Chiến thắng, Quốc tế lao động"),
    ("2024-09-02", "2024-09-03", "Quốc khánh"),
    ("2025-01-01", "2025-01-01", "Tết Dương lịch"),
    ("2025-01-25", "2025-02-02", "Tết Nguyên đán"),
    ("2025-04-07", "2025-04-07", "Giỗ Tổ Hùng Vương"),
    ("2025-04-30", "2025-05-02", "Ngày Chiến thắng, Quốc tế lao động"),
    ("2025-09-01", "2025-09-02", "Quốc khánh"),
    ("2026-01-01", "2026-01-02", "Tết Dương lịch"),
    ("2026-02-14", "2026-02-22", "Tết Nguyên đán"),
    ("2026-04-27", "2026-04-27", "Nghỉ bù Giỗ Tổ Hùng Vương"),
    ("2026-04-30", "2026-05-01", "Ngày Chiến thắng, Quốc tế lao động"),
    ("2026-08-31", "2026-09-02", "Quốc khánh"),
    ("2026-11-24", "2026-11-24", "Ngày Văn hóa Việt Nam"),
    ("2027-01-01", "2027-01-01", "Tết Dương lịch"),
    ("2027-02-04", "2027-02-10", "Tết Nguyên đán"),
    ("2027-04-16", "2027-04-16", "Giỗ Tổ Hùng Vương"),
    ("2027-04-30", "2027-04-30", "Ngày Chiến thắng"),
    ("2027-05-03", "2027-05-03", "Nghỉ bù Quốc tế lao động"),
    ("2027-09-02", "2027-09-03", "Quốc khánh"),
    ("2027-11-24", "2027-11-24", "Ngày Văn hóa Việt Nam"),
];

const WORK: &[&str] = &["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"];

pub(crate) fn file() -> CalendarFile {
    let off = OFF.iter().flat_map(|(from, to, reason)| {
        day(from).iter_days().take_while(|d| *d <= day(to)).map(|d| marked(d, reason))
    });
    CalendarFile {
        name: "civil-servants".into(),
        version: 1,
        valid_from: day("2024-01-01"),
        valid_to: day("2027-12-31"),
        off: off.collect(),
        work: WORK.iter().map(|d| marked(day(d), "Làm bù")).collect(),
    }
}

pub(crate) fn calendar() -> Calendar {
    Calendar::from_file(&file()).unwrap()
}

pub(crate) fn marked(date: NaiveDate, reason: &str) -> MarkedDay {
    MarkedDay {
        date,
        reason_vi: reason.into(),
        reason_en: format!("Holiday ({reason})"),
        document: "CV 1/VPCP".into(),
    }
}

/// 07:00-11:30 and 13:30-17:00, eight hours.
pub(crate) fn eight_hours() -> OfficeHours {
    OfficeHours::default()
}

/// 07:30-11:30 and 13:30-17:00, seven hours and a half, with a Saturday morning desk.
pub(crate) fn seven_and_a_half_hours() -> OfficeHours {
    OfficeHours::new(&[session("07:30", "11:30"), session("13:30", "17:00")], &[session("07:30", "11:30")])
        .unwrap()
}

pub(crate) fn session(opens: &str, closes: &str) -> Session {
    Session { opens: time(opens), closes: time(closes) }
}

pub(crate) fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A local moment, `2026-11-02 10:00` or with seconds.
pub(crate) fn wall(text: &str) -> NaiveDateTime {
    let with_seconds = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S");
    with_seconds.or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")).unwrap()
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    instant(wall(text))
}

pub(crate) fn limit(amount: u32, unit: TimeUnit) -> TimeLimit {
    TimeLimit { amount, unit }
}
