//! Whose statement it is.

use crate::tables::unit_accounts;

/// A platform or an account.
#[derive(Debug, Clone)]
pub enum Source {
    /// The list of a payment platform, by its connector key.
    Platform(String),
    /// The list of the bank for an account of a unit.
    Account(unit_accounts::Model),
}
