//! A forecast as its readers see it.

use chrono::{DateTime, NaiveDate, Utc};
use entities::reports::forecast::UnitForecast;
use rules::forecast::{AtRisk, Day};
use rules::lang::Lang;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Dossiers at risk that are told by name; the others are counted.
const NAMED: usize = 200;

/// What is to be expected at each unit, if nothing new comes in and the pace stays.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Forecast, example = json!({"at": "2026-03-10T02:00:00Z", "units": [{
    "unit": "0194f3c0-0000-7000-8000-00000000000a", "name": "Ủy ban nhân dân phường Đức Xuân",
    "pace": {"decided": 40, "days": 20, "from": "2026-02-02", "to": "2026-03-09",
        "words": "40 kết quả trong 20 ngày làm việc, từ 02/02/2026 đến 09/03/2026: 2,0 mỗi ngày."},
    "queue": 12, "already_late": 1, "with_the_applicant": 3,
    "days": [{"date": "2026-03-10", "due": 4, "finished": 2, "late": 1}],
    "at_risk": [{"id": "0194f3c0-0000-7000-8000-00000000000b", "code": "H55.101-260303-0001",
        "due_at": "2026-03-10T10:00:00Z", "expected": "2026-03-11"}], "more_at_risk": 0}]}))]
pub(crate) struct ForecastView {
    /// When it was made.
    pub(super) at: DateTime<Utc>,
    /// Unit by unit.
    pub(super) units: Vec<UnitForecastView>,
}

/// What is to be expected at one unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UnitForecast)]
pub(crate) struct UnitForecastView {
    /// The unit.
    pub(super) unit: Uuid,
    /// Its name.
    pub(super) name: String,
    /// How fast it decides.
    pub(super) pace: PaceView,
    /// Received, dated and in the agency's turn.
    pub(super) queue: u32,
    /// Those of them past their date already; worked on first.
    pub(super) already_late: u32,
    /// Waiting for papers or money; not foreseen to come back.
    pub(super) with_the_applicant: u32,
    /// The coming working days, today first while the unit is open.
    pub(super) days: Vec<DayView>,
    /// Due on one of these days and expected later, the most pressing first; at most 200.
    pub(super) at_risk: Vec<AtRiskView>,
    /// At risk beyond those.
    pub(super) more_at_risk: usize,
}

/// How fast a unit decides, and how that was measured.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Pace)]
pub(crate) struct PaceView {
    /// Results issued over these days.
    decided: u32,
    /// Whole working days looked at.
    days: u32,
    /// The first of them.
    from: Option<NaiveDate>,
    /// The last of them.
    to: Option<NaiveDate>,
    /// The same in words, in the reader's language.
    pub(super) words: String,
}

/// One working day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ForecastDay)]
pub(crate) struct DayView {
    /// The local day.
    pub(super) date: NaiveDate,
    /// Due on it.
    pub(super) due: u32,
    /// Expected to be finished on it.
    pub(super) finished: u32,
    /// Due on it and not expected by then.
    pub(super) late: u32,
}

/// A dossier that is expected to be late.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierAtRisk)]
pub(crate) struct AtRiskView {
    /// Key.
    id: Uuid,
    /// Mã số hồ sơ.
    pub(super) code: String,
    /// The last moment in time.
    pub(super) due_at: DateTime<Utc>,
    /// The day it is expected; null when beyond the days asked for.
    pub(super) expected: Option<NaiveDate>,
}

impl UnitForecastView {
    /// The view of a unit of this name.
    pub(super) fn of((unit, name): (Uuid, String), found: UnitForecast, lang: Lang) -> Self {
        let pace = PaceView::of(&found, lang);
        let forecast = found.forecast;
        Self {
            unit,
            name,
            pace,
            queue: forecast.queue,
            already_late: forecast.already_late,
            with_the_applicant: forecast.with_the_applicant,
            days: forecast.days.into_iter().map(DayView::of).collect(),
            more_at_risk: forecast.at_risk.len().saturating_sub(NAMED),
            at_risk: forecast.at_risk.into_iter().take(NAMED).map(AtRiskView::of).collect(),
        }
    }
}

impl PaceView {
    fn of(found: &UnitForecast, lang: Lang) -> Self {
        let pace = found.pace;
        Self {
            decided: pace.decided,
            days: pace.days,
            from: found.measured.map(|measured| measured.first),
            to: found.measured.map(|measured| measured.last),
            words: pace.words(found.measured, lang),
        }
    }
}

impl DayView {
    fn of(day: Day) -> Self {
        Self { date: day.date, due: day.due, finished: day.finished, late: day.late }
    }
}

impl AtRiskView {
    fn of(risk: AtRisk) -> Self {
        Self { id: risk.id, code: risk.code, due_at: risk.due, expected: risk.expected }
    }
}
