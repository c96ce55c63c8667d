//! `GET /v1/admin/notices/speed`: how soon notices reach their providers.

use crate::admin::must_run_catalogue;
use crate::catalogue::listing::query_invalid;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, TimeDelta, Utc};
use entities::notices::speed::{Speed, of};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Of which period.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpeedQuery {
    /// From when on, RFC 3339.
    #[param(value_type = String, example = "2026-11-23T00:00:00Z")]
    from: String,
    /// Until when, exclusive; at most 31 days later.
    #[param(value_type = String, example = "2026-11-24T00:00:00Z")]
    to: String,
}

/// How soon the notices of one channel were handed over.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticeSpeed, example = json!({"channel": "email", "handed": 812, "within_ten_seconds": 810,
    "share_within_ten_seconds": 99.8, "p50_ms": 180, "p95_ms": 940, "held_back": 0}))]
pub(crate) struct SpeedView {
    /// Key of the channel.
    channel: String,
    /// Handed over in the period, without those that waited for the morning.
    handed: u64,
    /// Of these, within ten seconds of the act.
    within_ten_seconds: u64,
    /// The same in percent, one decimal; none when nothing was handed over.
    share_within_ten_seconds: Option<f64>,
    /// Milliseconds from the act that half of them kept.
    p50_ms: i64,
    /// Milliseconds from the act that 95 of a hundred kept.
    p95_ms: i64,
    /// Waited for the morning.
    held_back: u64,
}

const LONGEST: TimeDelta = TimeDelta::days(31);

/// How soon notices reach their providers
///
/// Measured from the act to the provider's acknowledgement, by channel.
#[utoipa::path(tag = "admin", params(SpeedQuery), responses((status = 200, body = Vec<SpeedView>)))]
#[get("/v1/admin/notices/speed")]
pub(crate) async fn show_notice_speed(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<SpeedQuery>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let (from, to) = (instant("from", &query.from)?, instant("to", &query.to)?);
    if to <= from || to.signed_duration_since(from) > LONGEST {
        return Err(query_invalid("to"));
    }
    let speeds = of(office.db.reader(), from, to).await?;
    Ok(HttpResponse::Ok().json(speeds.into_iter().map(SpeedView::from).collect::<Vec<_>>()))
}

// A plus that was not escaped arrives as a space.
fn instant(name: &str, told: &str) -> Result<DateTime<Utc>, Problem> {
    DateTime::parse_from_rfc3339(&told.replace(' ', "+"))
        .map(|at| at.to_utc())
        .map_err(|_| query_invalid(name))
}

impl From<Speed> for SpeedView {
    fn from(speed: Speed) -> Self {
        let Speed { channel, handed, within_ten_seconds, p50_ms, p95_ms, held_back } = speed;
        let per_mille = (within_ten_seconds * 1_000).checked_div(handed);
        let share =
            per_mille.and_then(|share| u32::try_from(share).ok()).map(|share| f64::from(share) / 10.0);
        Self {
            channel,
            handed,
            within_ten_seconds,
            share_within_ten_seconds: share,
            p50_ms,
            p95_ms,
            held_back,
        }
    }
}
