//! The ledger of jobs: what must still be done, written beside the change that causes it.

mod new_job;
pub mod row;

pub use new_job::{NewJob, insert};
pub use row::State;

/// Version written with every payload; raised when an old reader could misread a new payload.
pub const PAYLOAD_VERSION: i32 = 1;

/// Attempts before a job is dead: with the backoff of the workers they span three days.
pub const MAX_ATTEMPTS: i32 = 20;
