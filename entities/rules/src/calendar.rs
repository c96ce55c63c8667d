//! The working calendar: which days count for a limit and why the others do not (law.md §3, W-12..W-17).

use crate::lang::Lang;
use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A calendar as the province publishes and edits it: a data file, one version at a time (W-17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    /// Name that stays the same over the versions, such as `civil-servants`.
    pub name: String,
    /// Version, growing with each edit.
    pub version: u32,
    /// First day the calendar speaks of.
    pub valid_from: NaiveDate,
    /// Last day the calendar speaks of.
    pub valid_to: NaiveDate,
    /// Rest days that fall on Monday to Friday (weekends may be listed inside a block).
    pub off: Vec<MarkedDay>,
    /// Saturdays or Sundays that are worked because of a swap (hoán đổi, W-16).
    pub work: Vec<MarkedDay>,
}

/// One day that is not what its weekday says, with the reason and the document that orders it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkedDay {
    /// The local day.
    pub date: NaiveDate,
    /// Reason in Vietnamese, such as `Giỗ Tổ Hùng Vương`.
    pub reason_vi: String,
    /// Reason in English.
    pub reason_en: String,
    /// Document that orders it, such as `CV 12729/VPCP-KGVX`.
    pub document: String,
}

/// The calendar ready for counting: Monday to Friday, minus `off`, plus `work`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Name of the file it came from.
    pub name: String,
    /// Version of the file it came from.
    pub version: u32,
    /// First day it speaks of.
    pub valid_from: NaiveDate,
    /// Last day it speaks of; later days follow the weekday alone and a due date there is provisional.
    pub valid_to: NaiveDate,
    /// Documents it rests on.
    pub sources: BTreeSet<String>,
    off: BTreeMap<NaiveDate, Reason>,
    work: BTreeMap<NaiveDate, Reason>,
}

/// Why a day is not counted, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
    /// Document that says so; none for an ordinary weekend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

/// What is wrong with a calendar file; one per row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarProblem {
    /// `valid_to` is before `valid_from`.
    #[error("the calendar ends before it begins")]
    EndsBeforeItBegins,
    /// A marked day outside the validity.
    #[error("{0} lies outside the days the calendar is valid for")]
    OutsideValidity(NaiveDate),
    /// The same day twice, in one list or in both.
    #[error("{0} is listed twice")]
    ListedTwice(NaiveDate),
    /// A worked day must be a Saturday or a Sunday.
    #[error("{0} is a weekday and is worked anyway")]
    AlreadyWorked(NaiveDate),
    /// A reason or the document is empty.
    #[error("{0} has no reason or no document")]
    Unexplained(NaiveDate),
}

impl Calendar {
    /// The calendar of a file, or everything that is wrong with the file.
    pub fn from_file(file: &CalendarFile) -> Result<Self, Vec<CalendarProblem>> {
        let problems = file.problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        let listed = |days: &[MarkedDay]| days.iter().map(|d| (d.date, Reason::of(d))).collect();
        Ok(Self {
            name: file.name.clone(),
            version: file.version,
            valid_from: file.valid_from,
            valid_to: file.valid_to,
            sources: file.off.iter().chain(&file.work).map(|d| d.document.clone()).collect(),
            off: listed(&file.off),
            work: listed(&file.work),
        })
    }

    /// Monday to Friday minus `off`, plus `work` (W-12, W-16).
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        self.work.contains_key(&date) || (!is_weekend(date) && !self.off.contains_key(&date))
    }

    /// Why a day is not counted; none for a working day.
    pub fn why_not(&self, date: NaiveDate) -> Option<Reason> {
        if self.is_working_day(date) {
            return None;
        }
        Some(self.off.get(&date).cloned().unwrap_or_else(|| Reason::weekend(date)))
    }

    /// Why a Saturday or Sunday is counted; none for every other day.
    pub fn why_worked(&self, date: NaiveDate) -> Option<&Reason> {
        self.work.get(&date)
    }

    /// A rest day ordered by a document, so that even a Saturday desk stays closed.
    pub fn is_marked_off(&self, date: NaiveDate) -> bool {
        self.off.contains_key(&date)
    }

    /// First working day strictly after a day.
    pub fn next_working_day(&self, date: NaiveDate) -> NaiveDate {
        let found = date.iter_days().skip(1).find(|d| self.is_working_day(*d));
        found.unwrap_or(NaiveDate::MAX)
    }

    /// The day itself if worked, else the next working day (W-04).
    pub fn working_day_from(&self, date: NaiveDate) -> NaiveDate {
        if self.is_working_day(date) { date } else { self.next_working_day(date) }
    }

    /// The day itself if worked, else the last working day before it (L-40).
    pub fn working_day_until(&self, date: NaiveDate) -> NaiveDate {
        let mut days = std::iter::successors(Some(date), NaiveDate::pred_opt);
        days.find(|d| self.is_working_day(*d)).unwrap_or(NaiveDate::MIN)
    }

    /// Working days from one day to another, both included.
    pub fn count(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let days = from.iter_days().take_while(|d| *d <= to).filter(|d| self.is_working_day(*d));
        u32::try_from(days.count()).unwrap_or(u32::MAX)
    }

    /// Whether the calendar knows the holidays of a day.
    pub fn covers(&self, date: NaiveDate) -> bool {
        (self.valid_from..=self.valid_to).contains(&date)
    }

    /// Documents that order the marked days from one day to another, both included.
    pub fn documents(&self, from: NaiveDate, to: NaiveDate) -> BTreeSet<&str> {
        let marked = self.off.iter().chain(&self.work).filter(|(date, _)| (from..=to).contains(*date));
        marked.filter_map(|(_, reason)| reason.document.as_deref()).collect()
    }

    /// Whether a day from `from` on is worked in the one calendar and not in the other.
    pub fn differs(&self, other: &Self, from: NaiveDate) -> bool {
        let marked = [&self.off, &self.work, &other.off, &other.work].into_iter().flat_map(BTreeMap::keys);
        marked.filter(|date| **date >= from).any(|d| self.is_working_day(*d) != other.is_working_day(*d))
    }

    /// Working days of each year the calendar speaks of.
    pub fn years(&self) -> Vec<(i32, u32)> {
        let years = self.valid_from.year()..=self.valid_to.year();
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(self.valid_to);
        years
            .map(|y| (y, self.count(day(y, 1, 1).max(self.valid_from), day(y, 12, 31).min(self.valid_to))))
            .collect()
    }
}

impl CalendarFile {
    /// Everything wrong with the file, in its own order; empty when it can be used.
    pub fn problems(&self) -> Vec<CalendarProblem> {
        let mut problems = Vec::new();
        if self.valid_to < self.valid_from {
            problems.push(CalendarProblem::EndsBeforeItBegins);
        }
        let mut seen = BTreeSet::new();
        for day in self.off.iter().chain(&self.work) {
            if !(self.valid_from..=self.valid_to).contains(&day.date) {
                problems.push(CalendarProblem::OutsideValidity(day.date));
            }
            if !seen.insert(day.date) {
                problems.push(CalendarProblem::ListedTwice(day.date));
            }
            if day.is_unexplained() {
                problems.push(CalendarProblem::Unexplained(day.date));
            }
        }
        let weekdays = self.work.iter().filter(|d| !is_weekend(d.date));
        problems.extend(weekdays.map(|d| CalendarProblem::AlreadyWorked(d.date)));
        problems
    }

    /// JSON pointer to what a problem is about; of two rows of one day the second is the one too many.
    pub fn pointer(&self, problem: &CalendarProblem) -> String {
        let off = self.off.iter().enumerate().map(|(n, day)| ("off", n, day));
        let work = self.work.iter().enumerate().map(|(n, day)| ("work", n, day));
        let found = off.chain(work).rfind(|(list, _, day)| match problem {
            CalendarProblem::EndsBeforeItBegins => false,
            CalendarProblem::OutsideValidity(d) | CalendarProblem::ListedTwice(d) => day.date == *d,
            CalendarProblem::AlreadyWorked(d) => day.date == *d && *list == "work",
            CalendarProblem::Unexplained(d) => day.date == *d && day.is_unexplained(),
        });
        found.map_or_else(|| "/valid_to".to_owned(), |(list, n, _)| format!("/{list}/{n}"))
    }
}

impl MarkedDay {
    fn is_unexplained(&self) -> bool {
        [&self.reason_vi, &self.reason_en, &self.document].iter().any(|text| text.trim().is_empty())
    }
}

impl CalendarProblem {
    /// Stable key.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EndsBeforeItBegins => "ends_before_it_begins",
            Self::OutsideValidity(_) => "day_outside_validity",
            Self::ListedTwice(_) => "day_listed_twice",
            Self::AlreadyWorked(_) => "day_already_worked",
            Self::Unexplained(_) => "day_unexplained",
        }
    }

    /// The problem as a sentence for the editor of the calendar.
    pub fn words(&self, lang: Lang) -> String {
        let vi = match self {
            Self::EndsBeforeItBegins => "Lịch kết thúc trước ngày bắt đầu.".to_owned(),
            Self::OutsideValidity(d) => format!("Ngày {} nằm ngoài thời gian hiệu lực của lịch.", day_vi(*d)),
            Self::ListedTwice(d) => format!("Ngày {} được liệt kê hai lần.", day_vi(*d)),
            Self::AlreadyWorked(d) => format!("Ngày {} vốn đã là ngày làm việc.", day_vi(*d)),
            Self::Unexplained(d) => format!("Ngày {} thiếu lý do hoặc văn bản căn cứ.", day_vi(*d)),
        };
        lang.pick(vi, self.to_string())
    }
}

impl Reason {
    fn of(day: &MarkedDay) -> Self {
        let document = Some(day.document.clone());
        Self { vi: day.reason_vi.clone(), en: day.reason_en.clone(), document }
    }

    fn weekend(date: NaiveDate) -> Self {
        let (vi, en) = if date.weekday() == Weekday::Sun {
            ("Chủ nhật", "Sunday")
        } else {
            ("Thứ Bảy", "Saturday")
        };
        Self { vi: vi.into(), en: en.into(), document: None }
    }

    /// The reason in one language.
    pub fn words(&self, lang: Lang) -> &str {
        lang.pick(&self.vi, &self.en)
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn day_vi(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}
