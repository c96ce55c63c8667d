//! The right to mark a job, which one worker has for one attempt.

use uuid::Uuid;

/// The right to mark a job: this worker, in this attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease<'a> {
    /// The job.
    pub id: Uuid,
    /// The worker.
    pub owner: &'a str,
    /// The attempt; a worker that lost the lease and got the same job again has another.
    pub attempt: i32,
}
