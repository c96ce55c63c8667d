//! Statements of the ledger that SeaORM's builders cannot say; the same text runs on both engines.

use crate::error::Error;
use sea_orm::{ConnectionTrait, Statement, Value};

/// Runs `sql` with `$1, $2 …` bound and tells how many rows changed.
pub(super) async fn execute(db: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<u64, Error> {
    Ok(db.execute_raw(statement(db, sql, values)).await?.rows_affected())
}

/// Binds the values for the engine at hand.
pub(super) fn statement(db: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}
