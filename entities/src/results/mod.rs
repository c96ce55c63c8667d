//! Issued results: written when a dossier is granted, checked by anybody, taken out of force by their unit.

pub mod issuing;
pub mod linking;
pub mod reading;
pub mod revoking;

pub use crate::tables::results::Model;

use crate::columns::from_key;
use crate::error::Error;
use chrono::{DateTime, Utc};
use rules::local_time::local_date;
use rules::results::{ResultState, Validity};
use uuid::Uuid;

/// How a result stands on the local day of `at`.
pub fn state(row: &Model, at: DateTime<Utc>) -> Result<ResultState, Error> {
    let validity = Validity { from: row.valid_from, until: row.valid_until };
    Ok(kept(row)?.on(validity, local_date(at)))
}

/// The state as it is kept, which no day changes.
fn kept(row: &Model) -> Result<ResultState, Error> {
    from_key("results.state", &row.state)
}

/// Where a sealed text of a result belongs; it cannot be opened anywhere else.
fn place(id: Uuid, column: &str) -> String {
    format!("result:{id}:{column}")
}
