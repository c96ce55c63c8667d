//! How soon notices reach their provider: counted, not guessed.

use crate::error::Error;
use crate::tables::notices::{Column, Entity};
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};
use std::collections::BTreeMap;

/// How soon the notices of one channel were handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speed {
    /// Key of the channel.
    pub channel: String,
    /// Handed over in the period, without those that waited for the morning.
    pub handed: u64,
    /// Of these, within 10 seconds of the act.
    pub within_ten_seconds: u64,
    /// Milliseconds from the act that half of them kept.
    pub p50_ms: i64,
    /// Milliseconds from the act that 95 of a hundred kept.
    pub p95_ms: i64,
    /// Waited for the morning; not counted above.
    pub held_back: u64,
}

/// Milliseconds that are still within ten seconds.
const SOON: i64 = 10_000;

/// The speed of each channel for what was handed over from `from` until `to`, exclusive.
pub async fn of<C: ConnectionTrait>(
    db: &C,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Speed>, Error> {
    let rows: Vec<Row> = query(from, to).into_tuple().all(db).await?;
    let mut channels: BTreeMap<String, (Vec<i64>, u64)> = BTreeMap::new();
    for (channel, act_at, hand_at, handed_over_at) in rows {
        let (waits, held_back) = channels.entry(channel).or_default();
        match hand_at > act_at {
            // The job of an act comes a moment after it; only the night holds a notice back for longer.
            true if hand_at.signed_duration_since(act_at).num_milliseconds() > SOON => *held_back += 1,
            _ => waits.push(handed_over_at.signed_duration_since(act_at).num_milliseconds().max(0)),
        }
    }
    Ok(channels
        .into_iter()
        .map(|(channel, (waits, held_back))| measured(channel, waits, held_back))
        .collect())
}

type Row = (String, DateTime<Utc>, DateTime<Utc>, DateTime<Utc>);

/// The query of [`of`]; public so that the planner can be asked about it.
pub fn query(from: DateTime<Utc>, to: DateTime<Utc>) -> Select<Entity> {
    Entity::find()
        .select_only()
        .columns([Column::Channel, Column::ActAt, Column::HandAt, Column::HandedOverAt])
        .filter(Column::HandedOverAt.gte(from))
        .filter(Column::HandedOverAt.lt(to))
}

fn measured(channel: String, mut waits: Vec<i64>, held_back: u64) -> Speed {
    waits.sort_unstable();
    let at = |percent: usize| {
        let place = (waits.len() * percent).div_ceil(100).saturating_sub(1);
        waits.get(place).copied().unwrap_or_default()
    };
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Speed {
        handed: count(waits.len()),
        within_ten_seconds: count(waits.iter().filter(|wait| **wait <= SOON).count()),
        p50_ms: at(50),
        p95_ms: at(95),
        channel,
        held_back,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_and_the_slowest_twentieth_are_those_of_the_sorted_waits() {
        let speed = measured("email".into(), (1..=100).rev().map(|n| n * 200).collect(), 3);

        assert_eq!((speed.handed, speed.within_ten_seconds, speed.held_back), (100, 50, 3));
        assert_eq!((speed.p50_ms, speed.p95_ms), (10_000, 19_000));
        assert_eq!(measured("sms".into(), Vec::new(), 0).p95_ms, 0);
    }
}
