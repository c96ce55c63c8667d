//! The ledger of jobs: what must still be done, written beside the change that causes it.

pub mod claiming;
mod lease;
pub mod marking;
mod new_job;
mod queueing;
pub mod review;
pub mod row;
pub mod schedule;
mod sql;
pub mod waiting;
pub mod wake;

pub use claiming::Claimed;
pub use lease::Lease;
pub use new_job::{NewJob, insert};
pub use row::State;
pub use wake::Wake;

/// Version written with every payload; raised when an old reader could misread a new payload.
pub const PAYLOAD_VERSION: i32 = 1;

/// Attempts before a job is dead: with the backoff of the workers they span three days.
pub const MAX_ATTEMPTS: i32 = 23;
