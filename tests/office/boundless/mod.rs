//! Dossiers that one unit receives for another (phi địa giới): whose clock, whose desk, whose list.

mod clock;
mod lists;
mod units;
mod ways;

use crate::support::commune::{Commune, DESK, MAU};
use chrono::{DateTime, TimeZone, Utc};
use serde_json::{Value, json};

/// Tuesday 10 November 2026, 09:00 in Hà Nội: after NĐ 309/2026 came into force.
fn amended() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 10, 2, 0, 0).unwrap()
}

/// Handed in here for the neighbour.
fn elsewhere(commune: &Commune) -> Value {
    json!({
        "procedure": "9.000501", "unit": commune.unit, "authority": commune.neighbour, "channel": "online",
        "applicant_kind": "citizen", "applicant": {"name": "Nguyễn Thị Mẫu"}, "form": {"note": "thử"},
        "papers": [{"component": "T51-01"}], "return_method": "desk",
    })
}

/// Handed in by Mẫu and received by the desk here.
async fn received(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, elsewhere(commune), |_| {}).await;
    commune.done(DESK, &dossier, "acceptance", json!({})).await
}
