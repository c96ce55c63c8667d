//! Time still to be used up, and the walk over the calendar that uses it.

use crate::calendar::Calendar;
use crate::deadlines::limit::{TimeLimit, TimeUnit};
use crate::deadlines::segment::{Counted, CountedUnit, Rule, Segment, Skipped, Worked};
use crate::local_time::instant;
use crate::office_hours::OfficeHours;
use chrono::{Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// What the walk needs to know of the office.
#[derive(Clone, Copy)]
pub(super) struct Office<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) hours: &'a OfficeHours,
}

/// Time given by one rule and not yet used.
#[derive(Clone, Copy)]
pub(super) struct Allotment {
    rule: Rule,
    left: Left,
}

/// Units that can be used up bit by bit; months and "the same day" are turned into days when they begin.
#[derive(Clone, Copy)]
enum Left {
    /// Halves of working days; `odd` ends at midday.
    HalfDays {
        left: u32,
        odd: bool,
    },
    CalendarDays(u32),
    Worked(TimeDelta),
    Session,
}

/// What a walk found.
pub(super) struct Walk {
    pub(super) segments: Vec<Segment>,
    /// Allotments not used up when the walk was cut short.
    pub(super) rest: Vec<Allotment>,
    /// Where the walk ended: the due moment, or the moment it was cut short.
    pub(super) end: NaiveDateTime,
}

impl Allotment {
    /// The whole of a limit that begins at `from`.
    pub(super) fn of(limit: TimeLimit, from: NaiveDateTime, office: Office<'_>) -> Self {
        let amount = limit.amount.min(TimeLimit::LONGEST);
        let left = match limit.unit {
            TimeUnit::WorkingDays => Left::HalfDays { left: amount.saturating_mul(2), odd: false },
            TimeUnit::HalfWorkingDays => Left::HalfDays { left: amount, odd: amount % 2 == 1 },
            TimeUnit::CalendarDays => Left::CalendarDays(amount),
            TimeUnit::Months => Left::CalendarDays(days_of(amount, from.date())),
            TimeUnit::WorkingHours => Left::Worked(TimeDelta::hours(i64::from(amount))),
            TimeUnit::SameDay => same_day(from, office.calendar),
            TimeUnit::AtOnce => Left::Session,
        };
        Self { rule: limit.unit.into(), left }
    }

    /// The time by which an apology puts a due moment off, in the unit of the limit (L-40).
    pub(super) fn extension(
        unit: TimeUnit,
        due: NaiveDateTime,
        to: NaiveDateTime,
        office: Office<'_>,
    ) -> Self {
        let left = match unit {
            TimeUnit::CalendarDays | TimeUnit::Months => {
                Left::CalendarDays(days_between(due.date(), to.date()))
            }
            TimeUnit::WorkingHours => Left::Worked(office.hours.worked(due, to, office.calendar)),
            _ => {
                let days = office.working_days(due.date(), to.date());
                Left::HalfDays { left: days.saturating_mul(2), odd: false }
            }
        };
        Self { rule: Rule::Extended, left }
    }

    /// Local end of the allotment when it begins at `from`, before rolling over days off.
    fn nominal_end(&self, from: NaiveDateTime, office: Office<'_>) -> NaiveDateTime {
        match self.left {
            Left::HalfDays { left: 0, odd } => office.next_end(from, odd),
            Left::CalendarDays(0) => office.next_end(from, false),
            Left::HalfDays { left, .. } => {
                let days =
                    (0..left.div_ceil(2)).fold(from.date(), |d, _| office.calendar.next_working_day(d));
                if left % 2 == 1 { office.hours.midday(days) } else { office.hours.closes(days) }
            }
            Left::CalendarDays(days) => {
                let last = from.date().checked_add_days(Days::new(days.into()));
                office.hours.closes(last.unwrap_or(NaiveDate::MAX))
            }
            Left::Worked(time) => office.hours.advance(from, time, office.calendar),
            Left::Session => office.hours.session_end(from, office.calendar),
        }
    }

    /// The allotment after the stretch from one moment to another, and what the stretch used of it.
    fn used(self, from: NaiveDateTime, to: NaiveDateTime, office: Office<'_>) -> (Self, Counted) {
        let (left, counted) = match self.left {
            Left::HalfDays { left, odd } => {
                let halves = office.working_days(from.date(), to.date()).saturating_mul(2).min(left);
                (Left::HalfDays { left: left - halves, odd }, self.halves(halves))
            }
            Left::CalendarDays(left) => {
                let days = days_between(from.date(), to.date()).min(left);
                (Left::CalendarDays(left - days), Counted { amount: days, unit: CountedUnit::CalendarDays })
            }
            Left::Worked(left) => {
                let time = office.hours.worked(from, to, office.calendar).min(left);
                (Left::Worked(left - time), seconds(time))
            }
            Left::Session => (Left::Session, Counted { amount: 0, unit: CountedUnit::Sessions }),
        };
        (Self { left, ..self }, counted)
    }

    /// What is left, in the unit it is counted in.
    pub(super) fn left(&self) -> Counted {
        match self.left {
            Left::HalfDays { left, .. } => self.halves(left),
            Left::CalendarDays(amount) => Counted { amount, unit: CountedUnit::CalendarDays },
            Left::Worked(time) => seconds(time),
            Left::Session => Counted { amount: 1, unit: CountedUnit::Sessions },
        }
    }

    fn halves(&self, halves: u32) -> Counted {
        match self.left {
            Left::HalfDays { odd: true, .. } => {
                Counted { amount: halves, unit: CountedUnit::HalfWorkingDays }
            }
            _ => Counted { amount: halves / 2, unit: CountedUnit::WorkingDays },
        }
    }

    /// Days of the stretch that this rule does not count.
    fn skipped(&self, from: NaiveDateTime, to: NaiveDateTime, office: Office<'_>) -> Vec<Skipped> {
        match self.left {
            Left::CalendarDays(_) => Vec::new(),
            Left::HalfDays { .. } => office.days_off(from.date().iter_days().skip(1), to.date()),
            Left::Worked(_) | Left::Session => office.days_off(from.date().iter_days(), to.date()),
        }
    }

    /// Weekend days of the stretch that this rule counts.
    fn worked(&self, from: NaiveDateTime, to: NaiveDateTime, office: Office<'_>) -> Vec<Worked> {
        match self.left {
            Left::CalendarDays(_) => Vec::new(),
            Left::HalfDays { .. } => office.weekends_worked(from.date().iter_days().skip(1), to.date()),
            Left::Worked(_) | Left::Session => office.weekends_worked(from.date().iter_days(), to.date()),
        }
    }
}

/// Uses up allotments one after the other from a moment, all of them or until another moment.
pub(super) fn walk(
    from: NaiveDateTime,
    allotments: &[Allotment],
    until: Option<NaiveDateTime>,
    office: Office<'_>,
) -> Walk {
    let mut walk = Walk { segments: Vec::new(), rest: Vec::new(), end: from };
    let mut left = allotments.iter();
    while let Some(allotment) = left.next() {
        let begins = walk.end;
        let nominal = allotment.nominal_end(begins, office);
        let end = office.rolled(nominal);
        if let Some(cut) = until.filter(|cut| *cut < end) {
            let cut = cut.max(begins);
            let (rest, counted) = allotment.used(begins, cut, office);
            walk.segments.push(allotment.segment(begins, cut, counted, office));
            walk.rest.push(rest);
            walk.rest.extend(left.copied());
            walk.end = cut;
            return walk;
        }
        walk.segments.push(allotment.segment(begins, nominal, allotment.left(), office));
        walk.segments.extend((end > nominal).then(|| office.roll(nominal, end)));
        walk.end = end;
    }
    walk
}

impl Allotment {
    fn segment(
        &self,
        from: NaiveDateTime,
        to: NaiveDateTime,
        counted: Counted,
        office: Office<'_>,
    ) -> Segment {
        let (skipped, worked) = (self.skipped(from, to, office), self.worked(from, to, office));
        Segment { skipped, worked, counted, ..Segment::bare(self.rule, from, to) }
    }
}

impl Segment {
    /// A segment that counts nothing and skips nothing.
    pub(super) fn bare(rule: Rule, from: NaiveDateTime, to: NaiveDateTime) -> Self {
        Self {
            rule,
            legal_reference: rule.legal_reference().into(),
            from: instant(from),
            to: instant(to),
            counted: Counted { amount: 0, unit: CountedUnit::CalendarDays },
            skipped: Vec::new(),
            worked: Vec::new(),
        }
    }
}

impl Office<'_> {
    /// Working days after one day up to and including another (W-02).
    fn working_days(self, after: NaiveDate, to: NaiveDate) -> u32 {
        after.succ_opt().map_or(0, |first| self.calendar.count(first, to))
    }

    /// First end of a day (or half day) of work at or after a moment.
    fn next_end(self, from: NaiveDateTime, halves: bool) -> NaiveDateTime {
        let days = from.date().iter_days().filter(|d| self.calendar.is_working_day(*d));
        let mut ends = days.flat_map(|d| {
            let midday = halves.then(|| self.hours.midday(d));
            midday.into_iter().chain([self.hours.closes(d)])
        });
        ends.find(|end| *end >= from).unwrap_or(NaiveDateTime::MAX)
    }

    /// A last day that is a day off gives way to the next working day (W-04).
    pub(super) fn rolled(self, end: NaiveDateTime) -> NaiveDateTime {
        if self.calendar.is_working_day(end.date()) {
            return end;
        }
        self.hours.closes(self.calendar.next_working_day(end.date()))
    }

    fn roll(self, nominal: NaiveDateTime, end: NaiveDateTime) -> Segment {
        let skipped = self.days_off(nominal.date().iter_days(), end.date());
        Segment { skipped, ..Segment::bare(Rule::Rolled, nominal, end) }
    }

    /// Days off among `days`, up to and including `to`.
    pub(super) fn days_off(self, days: impl Iterator<Item = NaiveDate>, to: NaiveDate) -> Vec<Skipped> {
        let off = days.take_while(|d| *d <= to).filter_map(|date| Some((date, self.calendar.why_not(date)?)));
        off.map(|(date, reason)| Skipped { date, reason }).collect()
    }

    /// Weekend days that are worked among `days`, up to and including `to`.
    fn weekends_worked(self, days: impl Iterator<Item = NaiveDate>, to: NaiveDate) -> Vec<Worked> {
        let days = days.take_while(|d| *d <= to);
        let worked = days.filter_map(|date| Some((date, self.calendar.why_worked(date)?.clone())));
        worked.map(|(date, reason)| Worked { date, reason }).collect()
    }
}

/// "After 15:00" is strictly later than 15:00:00 (W-09).
fn same_day(from: NaiveDateTime, calendar: &Calendar) -> Left {
    let three_o_clock = NaiveTime::MIN.overflowing_add_signed(TimeDelta::hours(15)).0;
    let today = calendar.is_working_day(from.date()) && from.time() <= three_o_clock;
    Left::HalfDays { left: if today { 0 } else { 2 }, odd: false }
}

fn days_of(months: u32, from: NaiveDate) -> u32 {
    let last = from.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX);
    days_between(from, last)
}

fn days_between(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from(to.signed_duration_since(from).num_days()).unwrap_or(0)
}

fn seconds(time: TimeDelta) -> Counted {
    let amount = u32::try_from(time.num_seconds()).unwrap_or(u32::MAX);
    Counted { amount, unit: CountedUnit::WorkingSeconds }
}
