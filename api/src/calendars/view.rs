//! The JSON forms of a version of the calendar.

use crate::catalogue::keys;
use chrono::{DateTime, NaiveDate, Utc};
use entities::Error;
use entities::calendars::drafting::Draft;
use entities::catalogue::calendars::{self, CalendarState, Model};
use entities::columns::from_key;
use entities::tables::recomputations;
use rules::calendar::MarkedDay;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a version of the calendar should be: the whole of it, not a change.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCalendar {
    /// The adopted version it was edited from.
    #[schema(minimum = 1, example = 1)]
    based_on: i32,
    /// First day it speaks of.
    valid_from: NaiveDate,
    /// Last day it speaks of; at most 20 years later.
    valid_to: NaiveDate,
    /// Rest days on Monday to Friday; weekends may be listed inside a block.
    off: Vec<MarkedDayView>,
    /// Saturdays and Sundays worked instead (hoán đổi).
    work: Vec<MarkedDayView>,
}

/// A day that is not what its weekday says, and by which document.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MarkedDay)]
pub(crate) struct MarkedDayView {
    /// The local day.
    date: NaiveDate,
    /// Reason in Vietnamese.
    #[schema(min_length = 1, max_length = 300, example = "Nghỉ do bão số 9")]
    reason_vi: String,
    /// Reason in English.
    #[schema(min_length = 1, max_length = 300, example = "Closed for storm no. 9")]
    reason_en: String,
    /// Document that orders it.
    #[schema(min_length = 1, max_length = 300, example = "Công điện 15/CĐ-UBND 18/11/2026")]
    document: String,
}

/// A version of the calendar, without its days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CalendarLine)]
pub(crate) struct CalendarLine {
    /// The version; of the adopted ones the highest is in force.
    #[schema(example = 2)]
    version: i32,
    /// Where it stands.
    #[schema(value_type = keys::CalendarState)]
    state: CalendarState,
    /// The version it was edited from; absent when it came from a file.
    based_on: Option<i32>,
    /// First day it speaks of.
    valid_from: NaiveDate,
    /// Last day it speaks of.
    valid_to: NaiveDate,
    /// SHA-256 of its content, in hex.
    digest: String,
    /// Begun; absent when it came from a file.
    created_at: Option<DateTime<Utc>>,
    /// Who began it.
    created_by: Option<String>,
    /// Adopted; absent for a draft and when it came from a file.
    adopted_at: Option<DateTime<Utc>>,
    /// Who adopted it.
    adopted_by: Option<String>,
    /// Why it was adopted.
    reason: Option<String>,
    /// Row version, the ETag.
    row_version: i32,
}

/// A version of the calendar with its days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Calendar)]
pub(crate) struct CalendarView {
    /// What is known about it.
    calendar: CalendarLine,
    /// Rest days.
    off: Vec<MarkedDayView>,
    /// Days worked instead.
    work: Vec<MarkedDayView>,
    /// Working days of each year.
    years: Vec<YearView>,
    /// When open dossiers were asked to be counted anew under it, newest first.
    recomputations: Vec<RecomputationView>,
}

/// How many days of a year are worked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorkingYear)]
struct YearView {
    /// The year.
    #[schema(example = 2026)]
    year: i32,
    /// Working days in it, as far as the calendar speaks of it.
    #[schema(example = 249)]
    working_days: u32,
}

/// That open dossiers were asked to be counted anew.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Recomputation, example = json!({"id": "019a0000-0000-7000-8000-000000000001", "calendar": 2,
    "reason": "Toàn tỉnh nghỉ ngày 19/11/2026 do bão.", "asked_by": "Bùi Thị Kiểm", "asked_at": "2026-11-18T03:00:00Z"}))]
pub(crate) struct RecomputationView {
    /// Key; the jobs that follow name it as their cause.
    id: Uuid,
    /// Version of the calendar.
    calendar: i32,
    /// Why.
    reason: String,
    /// Who asked.
    asked_by: String,
    /// When.
    asked_at: DateTime<Utc>,
}

impl NewCalendar {
    pub(super) fn draft(self) -> Draft {
        let Self { based_on, valid_from, valid_to, off, work } = self;
        let days = |days: Vec<MarkedDayView>| days.into_iter().map(MarkedDay::from).collect();
        Draft { based_on, valid_from, valid_to, off: days(off), work: days(work) }
    }
}

impl CalendarLine {
    pub(super) fn of(row: Model) -> Result<Self, Error> {
        Ok(Self {
            state: from_key("calendars.state", &row.state)?,
            digest: hex::encode(Sha256::digest(&row.content)),
            version: row.version,
            based_on: row.based_on,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            created_at: row.created_at,
            created_by: row.created_name,
            adopted_at: row.adopted_at,
            adopted_by: row.adopted_name,
            reason: row.reason,
            row_version: row.row_version,
        })
    }
}

impl CalendarView {
    pub(super) fn of(row: Model, asked: Vec<recomputations::Model>) -> Result<Self, Error> {
        let (file, ready) = (calendars::file(&row)?, calendars::ready(&row)?);
        let years = ready.years().into_iter().map(|(year, working_days)| YearView { year, working_days });
        let days = |days: Vec<MarkedDay>| days.into_iter().map(MarkedDayView::from).collect();
        Ok(Self {
            calendar: CalendarLine::of(row)?,
            off: days(file.off),
            work: days(file.work),
            years: years.collect(),
            recomputations: asked.into_iter().map(RecomputationView::from).collect(),
        })
    }
}

impl From<recomputations::Model> for RecomputationView {
    fn from(row: recomputations::Model) -> Self {
        let recomputations::Model { id, calendar, reason, asked_name, asked_at, .. } = row;
        Self { id, calendar, reason, asked_by: asked_name, asked_at }
    }
}

impl From<MarkedDayView> for MarkedDay {
    fn from(day: MarkedDayView) -> Self {
        let MarkedDayView { date, reason_vi, reason_en, document } = day;
        Self { date, reason_vi, reason_en, document }
    }
}

impl From<MarkedDay> for MarkedDayView {
    fn from(day: MarkedDay) -> Self {
        let MarkedDay { date, reason_vi, reason_en, document } = day;
        Self { date, reason_vi, reason_en, document }
    }
}
