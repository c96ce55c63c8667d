//! How the calls to parties went: added up over all processes, by data service and legal day.

use crate::error::Error;
use crate::tables::connector_healths;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, Statement, Value};

/// Calls of one data service on one legal day.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct DayOfCalls {
    /// Key of the connector.
    pub key: String,
    /// Data service, in the wire's own name.
    pub service: String,
    /// Legal day.
    pub day: NaiveDate,
    /// Calls that the party answered and did not refuse by its status.
    pub answered: i64,
    /// Calls that it understood and refused.
    pub refused: i64,
    /// Calls that were not answered, or with a failure of its own.
    pub failed: i64,
    /// Milliseconds that all of them took together.
    pub took_ms: i64,
}

/// The last calls of a party, as one process saw them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// When it last did its part.
    pub answered_at: Option<DateTime<Utc>>,
    /// How long that took, in milliseconds.
    pub took_ms: Option<i64>,
    /// When a call last failed.
    pub failed_at: Option<DateTime<Utc>>,
    /// Why, in words.
    pub failed_with: Option<String>,
    /// Until when it is left to rest.
    pub resting_until: Option<DateTime<Utc>>,
}

/// Adds calls to those written down before, by this process or another.
pub async fn add(db: &impl ConnectionTrait, day: &DayOfCalls) -> Result<(), Error> {
    let values: Vec<Value> = vec![
        day.key.as_str().into(),
        day.service.as_str().into(),
        day.day.into(),
        day.answered.into(),
        day.refused.into(),
        day.failed.into(),
        day.took_ms.into(),
    ];
    db.execute_raw(statement(db, ADD, values)).await?;
    Ok(())
}

const ADD: &str = "INSERT INTO connector_days (key, service, day, answered, refused, failed, took_ms) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (key, day, service) DO UPDATE SET \
    answered = connector_days.answered + excluded.answered, refused = connector_days.refused + excluded.refused, \
    failed = connector_days.failed + excluded.failed, took_ms = connector_days.took_ms + excluded.took_ms";

/// Keeps the last calls of a party, told at `at`.
pub async fn tell(db: &impl ConnectionTrait, key: &str, told: &Told, at: DateTime<Utc>) -> Result<(), Error> {
    let values: Vec<Value> = vec![
        key.into(),
        told.answered_at.into(),
        told.took_ms.into(),
        told.failed_at.into(),
        told.failed_with.as_deref().into(),
        told.resting_until.into(),
        at.into(),
    ];
    db.execute_raw(statement(db, TELL, values)).await?;
    Ok(())
}

const TELL: &str = "INSERT INTO connector_healths \
    (key, answered_at, took_ms, failed_at, failed_with, resting_until, told_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
    ON CONFLICT (key) DO UPDATE SET answered_at = COALESCE(excluded.answered_at, connector_healths.answered_at), \
    took_ms = COALESCE(excluded.took_ms, connector_healths.took_ms), \
    failed_at = COALESCE(excluded.failed_at, connector_healths.failed_at), \
    failed_with = COALESCE(excluded.failed_with, connector_healths.failed_with), \
    resting_until = excluded.resting_until, told_at = excluded.told_at";

/// The last calls of all parties.
pub async fn healths(db: &impl ConnectionTrait) -> Result<Vec<connector_healths::Model>, Error> {
    Ok(connector_healths::Entity::find().all(db).await?)
}

/// Calls of one party by day and data service, the newest day first, from the legal day `from` on.
pub async fn days(db: &impl ConnectionTrait, key: &str, from: NaiveDate) -> Result<Vec<DayOfCalls>, Error> {
    let sql = "SELECT key, service, day, answered, refused, failed, took_ms FROM connector_days \
        WHERE key = $1 AND day >= $2 ORDER BY day DESC, service";
    Ok(DayOfCalls::find_by_statement(statement(db, sql, vec![key.into(), from.into()])).all(db).await?)
}

/// Calls of all parties from the legal day `from` on.
pub async fn all_days(db: &impl ConnectionTrait, from: NaiveDate) -> Result<Vec<DayOfCalls>, Error> {
    let sql =
        "SELECT key, service, day, answered, refused, failed, took_ms FROM connector_days WHERE day >= $1";
    Ok(DayOfCalls::find_by_statement(statement(db, sql, vec![from.into()])).all(db).await?)
}

fn statement(db: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}
