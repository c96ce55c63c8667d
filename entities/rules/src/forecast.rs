//! What will be late, by working day, from the queue, the pace and the calendar; nothing else is foreseen.

use crate::calendar::Calendar;
use crate::lang::Lang;
use crate::local_time::{local, local_date};
use crate::office_hours::OfficeHours;
use crate::past::Turn;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use uuid::Uuid;

/// A dossier that has been received and is not finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Key.
    pub id: Uuid,
    /// Mã số hồ sơ.
    pub code: String,
    /// The last moment in time; none while the date is suspended.
    pub due: Option<DateTime<Utc>>,
    /// Who has the turn; what waits for the applicant is not worked on.
    pub turn: Turn,
}

/// How fast a unit decides: results over whole working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Results issued on these days.
    pub decided: u32,
    /// How many working days were looked at; with none, nothing is expected to be finished.
    pub days: u32,
}

/// The whole working days a pace is measured over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// The first.
    pub first: NaiveDate,
    /// The last: the working day before today.
    pub last: NaiveDate,
    /// How many.
    pub days: u32,
}

/// Where the work is done.
#[derive(Debug, Clone, Copy)]
pub struct Workplace<'a> {
    /// Which days are worked.
    pub calendar: &'a Calendar,
    /// Which hours; today counts with what is left of it.
    pub hours: &'a OfficeHours,
    /// How fast.
    pub pace: Pace,
}

/// What is to be expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The coming working days in order, today first while the unit is open.
    pub days: Vec<Day>,
    /// In the queue of the agency.
    pub queue: u32,
    /// Past their date already; worked on first.
    pub already_late: u32,
    /// Waiting for papers or money; not worked on.
    pub with_the_applicant: u32,
    /// Due on one of the days and expected after its date, the most pressing first.
    pub at_risk: Vec<AtRisk>,
}

/// One working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The local day.
    pub date: NaiveDate,
    /// Due on it.
    pub due: u32,
    /// Expected to be finished on it.
    pub finished: u32,
    /// Due on it and not expected to be finished by then.
    pub late: u32,
}

/// A dossier that is expected to be late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtRisk {
    /// Key.
    pub id: Uuid,
    /// Mã số hồ sơ.
    pub code: String,
    /// The last moment in time.
    pub due: DateTime<Utc>,
    /// The day it is expected; none when it lies beyond the days asked for.
    pub expected: Option<NaiveDate>,
}

/// Works the queue off at the pace, the earliest due first, over the coming `days` working days.
///
/// Only what is in the queue counts: neither what will still come in nor what the applicant may give back.
pub fn forecast(queue: &[Queued], workplace: Workplace<'_>, at: DateTime<Utc>, days: u32) -> Forecast {
    let mut line: Vec<(DateTime<Utc>, &Queued)> = queue
        .iter()
        .filter(|dossier| dossier.turn == Turn::Agency)
        .filter_map(|dossier| Some((dossier.due?, dossier)))
        .collect();
    line.sort_by_key(|(due, dossier)| (*due, dossier.id));
    let ahead = workplace.ahead(local(at), days);
    let mut forecast = Forecast {
        days: ahead.iter().map(|(date, _)| Day { date: *date, due: 0, finished: 0, late: 0 }).collect(),
        queue: count(line.len()),
        already_late: count(line.iter().filter(|(due, _)| *due < at).count()),
        with_the_applicant: count(queue.iter().filter(|dossier| dossier.turn == Turn::Applicant).count()),
        at_risk: Vec::new(),
    };
    for (place, (due, dossier)) in (1..).zip(line) {
        let expected = ahead.iter().find(|(_, finished)| *finished >= place).map(|(date, _)| *date);
        forecast.expect(dossier, (due, due < at), expected, workplace.calendar);
    }
    forecast
}

/// The last whole working days before `today`: at most `days`, none before `since`; none when there is none.
pub fn measured(calendar: &Calendar, today: NaiveDate, since: NaiveDate, days: u32) -> Option<Measured> {
    let before = |day: NaiveDate| day.pred_opt().map(|day| calendar.working_day_until(day));
    let mut back = std::iter::successors(before(today), |day| before(*day)).take_while(|day| since <= *day);
    let last = back.next().filter(|_| days > 0)?;
    let found = Measured { first: last, last, days: 1 };
    let rest = (2..=days).zip(back);
    Some(rest.fold(found, |found, (days, first)| Measured { first, days, ..found }))
}

impl Pace {
    /// How it was measured, as an officer would say it.
    pub fn words(&self, over: Option<Measured>, lang: Lang) -> String {
        let Some(over) = over else {
            let vi = "chưa đo được, đơn vị chưa qua một ngày làm việc trọn vẹn nào có hồ sơ.";
            return lang.pick(vi, "not known yet: no whole working day with dossiers lies behind.").into();
        };
        let Self { decided, days } = *self;
        let tenths = u64::from(decided).saturating_mul(10).checked_div(days.into()).unwrap_or(0);
        let (whole, part) = (tenths / 10, tenths % 10);
        let (first, last) = (over.first.format("%d/%m/%Y"), over.last.format("%d/%m/%Y"));
        match lang {
            Lang::Vi => format!(
                "{decided} kết quả trong {days} ngày làm việc, từ {first} đến {last}: {whole},{part} mỗi ngày."
            ),
            Lang::En => format!(
                "{decided} results in {days} working days, from {first} to {last}: {whole}.{part} a day."
            ),
        }
    }
}

impl Workplace<'_> {
    /// The coming working days, each with how many will have been finished by its end.
    fn ahead(&self, now: NaiveDateTime, days: u32) -> Vec<(NaiveDate, u64)> {
        let today = now.date();
        let open = self.calendar.is_working_day(today) && now < self.hours.closes(today);
        let first = if open { today } else { self.calendar.next_working_day(today) };
        let whole = self.hours.worked(self.hours.opens(first), self.hours.closes(first), self.calendar);
        let rest =
            self.hours.worked(self.hours.opens(first).max(now), self.hours.closes(first), self.calendar);
        let (whole, rest) = (seconds(whole), seconds(rest));
        let per = u64::from(self.pace.days).saturating_mul(whole);
        let dates = std::iter::successors(Some(first), |day| Some(self.calendar.next_working_day(*day)));
        (0..u64::from(days))
            .zip(dates)
            .map(|(later, date)| {
                let worked = later.saturating_mul(whole).saturating_add(rest);
                (date, u64::from(self.pace.decided).saturating_mul(worked).checked_div(per).unwrap_or(0))
            })
            .collect()
    }
}

impl Forecast {
    fn expect(
        &mut self,
        dossier: &Queued,
        (due, already_late): (DateTime<Utc>, bool),
        expected: Option<NaiveDate>,
        calendar: &Calendar,
    ) {
        if let Some(day) = self.days.iter_mut().find(|day| Some(day.date) == expected) {
            day.finished += 1;
        }
        let last = self.days.last().map(|day| day.date);
        let due_day = local_date(due);
        if already_late || last.is_none_or(|last| last < calendar.working_day_until(due_day)) {
            return;
        }
        let late = expected.is_none_or(|day| day > due_day);
        // A due date on a day off, or in the hours after closing, belongs to the working day that can still keep it.
        let kept = calendar.working_day_until(due_day);
        let first = self.days.first().map_or(kept, |day| day.date);
        if let Some(day) = self.days.iter_mut().find(|day| day.date == kept.max(first)) {
            day.due += 1;
            day.late += u32::from(late);
        }
        if late {
            self.at_risk.push(AtRisk { id: dossier.id, code: dossier.code.clone(), due, expected });
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn seconds(time: chrono::TimeDelta) -> u64 {
    u64::try_from(time.num_seconds()).unwrap_or(0)
}
