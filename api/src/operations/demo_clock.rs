//! `/demo/clock`: the demo's time, which can be moved so that a deadline of weeks passes in a moment.

use crate::manners::ask::Body;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{get, post, web};
use chrono::{DateTime, TimeDelta, Utc};
use rules::jobs::Queue;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Furthest one move, in seconds: a year.
const FURTHEST: u32 = 366 * 86_400;

/// How far to move.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Move {
    /// Seconds forward, at most a year.
    #[schema(minimum = 0, maximum = 31_622_400, example = 86_400)]
    pub advance_seconds: u32,
}

/// The demo's time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DemoTime {
    /// Now, as the office sees it.
    pub now: DateTime<Utc>,
}

/// What time it is in the demo
#[utoipa::path(tag = "demo", responses((status = 200, body = DemoTime, example = json!({"now": "2026-11-23T02:00:00Z"}))))]
#[get("/demo/clock")]
pub(crate) async fn show_demo_clock(office: web::Data<Office>) -> Result<web::Json<DemoTime>, Problem> {
    office.demo.as_ref().ok_or(Code::RouteUnknown)?;
    Ok(web::Json(DemoTime { now: office.clock.now() }))
}

/// Move the demo's time forward
///
/// Jobs that become due are run at once; tokens are good for eight hours of this time, so sign in again after a long
/// move.
#[utoipa::path(tag = "demo", request_body(content = Move, example = json!({"advance_seconds": 86_400})),
    responses((status = 200, body = DemoTime, example = json!({"now": "2026-11-24T02:00:00Z"}))))]
#[post("/demo/clock")]
pub(crate) async fn move_demo_clock(
    office: web::Data<Office>,
    ask: Body<Move>,
) -> Result<web::Json<DemoTime>, Problem> {
    office.demo.as_ref().ok_or(Code::RouteUnknown)?;
    office.clock.advance(TimeDelta::seconds(ask.body.advance_seconds.min(FURTHEST).into()));
    office.wake.ring_all(Queue::ALL);
    Ok(web::Json(DemoTime { now: office.clock.now() }))
}
