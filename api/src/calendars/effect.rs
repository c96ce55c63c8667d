//! `GET /v1/calendars/{version}/effect`: which open dossiers a version would move, and by how much.

use crate::admin::must_run_catalogue;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::{Page, PageQuery};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::Error;
use entities::calendars::effect::{Shift, batch};
use entities::catalogue::calendars::{find, ready};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An open dossier that a version of the calendar would move.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CalendarShift)]
pub(crate) struct ShiftView {
    /// The dossier.
    dossier: Uuid,
    /// Its code.
    #[schema(example = "H03.10.14-261116-0007")]
    code: String,
    /// The competent unit.
    unit: Uuid,
    /// Version of the calendar it counts under now.
    counts_under: u32,
    /// The due date now; absent while it waits for the applicant: then it will be found under the version.
    old_due: Option<DateTime<Utc>>,
    /// The due date under the version.
    new_due: Option<DateTime<Utc>>,
    /// Working days later; below zero earlier.
    #[schema(example = 1)]
    working_days: i64,
    /// Days later; below zero earlier.
    #[schema(example = 1)]
    calendar_days: i64,
}

/// Open dossiers that a version would move
///
/// Nothing is changed. Only legal due dates are looked at; the eight working hours to answer a submission stay. The
/// dossiers come in the order of their keys. What is shown is what an adoption with `move_open_dossiers` does, as
/// long as nothing else happens to them.
#[utoipa::path(tag = "calendars", params(("version" = i32, Path, example = 2), PageQuery),
    responses((status = 200, body = Page<ShiftView>, example = json!({"items": [{
        "dossier": "019a0000-0000-7000-8000-000000000001", "code": "H03.10.14-261116-0007",
        "unit": "019a0000-0000-7000-8000-000000000002", "counts_under": 1, "old_due": "2026-11-19T10:00:00Z",
        "new_due": "2026-11-20T10:00:00Z", "working_days": 1, "calendar_days": 1}]}))))]
#[get("/v1/calendars/{version}/effect")]
pub(crate) async fn show_effect(
    office: web::Data<Office>,
    asker: Asker,
    version: web::Path<i32>,
    query: web::Query<PageQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let shifts = office.shifts(*version, after, listing.rows()).await?;
    let page = listing.page(shifts, |shift| shift.dossier, |shift| Ok(ShiftView::from(shift)))?;
    Ok(page.answer(listing.address()))
}

impl Office {
    /// The next `wanted` dossiers that move; others are walked over, some at a time.
    async fn shifts(&self, version: i32, after: Option<Uuid>, wanted: u64) -> Result<Vec<Shift>, Error> {
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        let (db, now) = (self.db.reader(), self.clock.now());
        let calendar = ready(&find(db, version).await?)?;
        let (mut shifts, mut last) = (Vec::new(), after);
        loop {
            let found = batch((db, &self.catalogue), (&calendar, now), last).await?;
            shifts.extend(found.shifts);
            last = found.last;
            if shifts.len() >= wanted || last.is_none() {
                shifts.truncate(wanted);
                return Ok(shifts);
            }
        }
    }
}

impl From<Shift> for ShiftView {
    fn from(shift: Shift) -> Self {
        let Shift { dossier, code, unit, counts_under, old_due, new_due, working_days, calendar_days } =
            shift;
        Self { dossier, code, unit, counts_under, old_due, new_due, working_days, calendar_days }
    }
}
