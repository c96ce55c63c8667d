//! Running numbers: one row per series, locked only while its transaction lasts (C-13).

use crate::error::Error;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};

/// The next number under `prefix`: consecutive, and given back when the transaction fails.
pub(crate) async fn next(tx: &DatabaseTransaction, prefix: &str) -> Result<u32, Error> {
    let sql = "INSERT INTO code_series (prefix, last) VALUES ($1, 1) \
               ON CONFLICT (prefix) DO UPDATE SET last = code_series.last + 1 RETURNING last";
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, [prefix.into()]);
    let row = tx.query_one_raw(statement).await?.ok_or(Error::NotFound("code series"))?;
    let last: i32 = row.try_get("", "last")?;
    u32::try_from(last).map_err(|e| Error::damaged("code_series.last", e))
}
