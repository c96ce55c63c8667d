//! `GET /v1/calendars/{version}/effect/totals`: how many open dossiers a version would move, by unit.

use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::manners::rehearsal::PREFERENCE_APPLIED;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::Error;
use entities::calendars::effect::{Shift, batch};
use entities::catalogue::calendars::{find, ready};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// How many open dossiers a version of the calendar would move.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CalendarEffect)]
pub(crate) struct EffectTotals {
    /// The version.
    #[schema(example = 2)]
    version: i32,
    /// Open dossiers whose clock has started.
    looked_at: usize,
    /// All that would be moved.
    all: Moved,
    /// The same by competent unit, those with none left out.
    units: Vec<MovedAtUnit>,
}

/// How many would be moved, and how.
#[derive(Debug, Default, Clone, Copy, Serialize, ToSchema)]
#[schema(as = CalendarMoves)]
pub(crate) struct Moved {
    /// Due date later.
    later: u64,
    /// Due date earlier.
    earlier: u64,
    /// Of these, in time now and late at once.
    late_at_once: u64,
    /// Waiting for the applicant: the coming due date will be found under the version.
    suspended: u64,
}

/// How many would be moved at one unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CalendarMovesAtUnit)]
struct MovedAtUnit {
    /// The competent unit.
    unit: Uuid,
    /// How many.
    moved: Moved,
}

/// How many open dossiers a version would move
#[utoipa::path(tag = "calendars", params(("version" = i32, Path, example = 2)),
    responses((status = 200, body = EffectTotals, example = json!({"version": 2, "looked_at": 1830,
        "all": {"later": 412, "earlier": 0, "late_at_once": 0, "suspended": 31},
        "units": [{"unit": "019a0000-0000-7000-8000-000000000002",
        "moved": {"later": 412, "earlier": 0, "late_at_once": 0, "suspended": 31}}]}))))]
#[get("/v1/calendars/{version}/effect/totals")]
pub(crate) async fn show_effect_totals(
    office: web::Data<Office>,
    asker: Asker,
    version: web::Path<i32>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    Ok(HttpResponse::Ok().json(office.effect_totals(*version).await?))
}

impl Office {
    /// Walks over every open dossier, some at a time.
    async fn effect_totals(&self, version: i32) -> Result<EffectTotals, Error> {
        let (db, now) = (self.db.reader(), self.clock.now());
        let calendar = ready(&find(db, version).await?)?;
        let mut units: BTreeMap<Uuid, Moved> = BTreeMap::new();
        let mut totals = EffectTotals::none(version);
        let mut last = None;
        loop {
            let found = batch((db, &self.catalogue), (&calendar, now), last).await?;
            totals.looked_at += found.looked_at;
            for shift in found.shifts {
                totals.all.add(&shift, now);
                units.entry(shift.unit).or_default().add(&shift, now);
            }
            last = found.last;
            if last.is_none() {
                break;
            }
        }
        totals.units = units.into_iter().map(|(unit, moved)| MovedAtUnit { unit, moved }).collect();
        Ok(totals)
    }
}

impl Office {
    /// The answer of a dry run; told after the rehearsal, so that the walk holds no transaction.
    pub(super) async fn would_move(&self, version: i32, moves: bool) -> Result<HttpResponse, Problem> {
        let told = match moves {
            true => self.effect_totals(version).await?,
            false => EffectTotals::none(version),
        };
        Ok(HttpResponse::Ok().insert_header((PREFERENCE_APPLIED, "dry-run")).json(told))
    }
}

impl EffectTotals {
    /// What a version moves when nothing is asked to move.
    pub(super) fn none(version: i32) -> Self {
        Self { version, looked_at: 0, all: Moved::default(), units: Vec::new() }
    }
}

impl Moved {
    fn add(&mut self, shift: &Shift, now: DateTime<Utc>) {
        self.suspended += u64::from(shift.is_suspended());
        self.later += u64::from(shift.old_due < shift.new_due);
        self.earlier += u64::from(shift.new_due < shift.old_due);
        self.late_at_once += u64::from(shift.is_late_at_once(now));
    }
}
