//! The ledger that workers work from.

use entities::clock::Clock;
use entities::database::Database;
use entities::jobs::Wake;

/// The rows, the time by which they are due, and the bell; cheap to clone.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// Where its rows are.
    pub database: Database,
    /// The office's time.
    pub clock: Clock,
    /// Rung when jobs were committed.
    pub wake: Wake,
}
