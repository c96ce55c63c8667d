//! Taking due jobs for a worker under a lease, and taking back what a vanished worker held.

use super::lease::Lease;
use super::queueing::let_go;
use super::sql::{execute, statement};
use crate::error::Error;
use chrono::{DateTime, Utc};
use rules::jobs::{Job, Queue};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};
use uuid::Uuid;

/// What a worker asks for.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// From which queue.
    pub queue: Queue,
    /// Who asks; unique per boot.
    pub worker: &'a str,
    /// At most so many.
    pub limit: u32,
    /// The office's time: jobs due by then.
    pub at: DateTime<Utc>,
    /// Until when they are held, in the machine's time: the office's clock may be moved, a lease may not.
    pub lease_until: DateTime<Utc>,
}

/// A job in the hands of a worker.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Claimed {
    /// The job's row.
    pub id: Uuid,
    /// Key of the kind, also when this program does not know it.
    pub kind: String,
    /// JSON of the job, as written.
    pub payload: String,
    /// Version of the payload's form.
    pub payload_version: i32,
    /// Rows of one key run one after the other.
    pub ordering_key: Option<String>,
    /// This attempt, from 1.
    pub attempts: i32,
    /// Attempts after which it is dead.
    pub max_attempts: i32,
    /// When it became due.
    pub next_run_at: DateTime<Utc>,
    /// W3C trace context of the request that caused it.
    pub traceparent: Option<String>,
    /// The worker that holds it.
    pub lease_owner: String,
}

impl Claimed {
    /// Reads the payload. Fails on a form or a kind that this program does not know.
    pub fn job(&self) -> Result<Job, Error> {
        if self.payload_version > super::PAYLOAD_VERSION {
            let why = format!("version {} is newer than {}", self.payload_version, super::PAYLOAD_VERSION);
            return Err(Error::damaged("jobs.payload", why));
        }
        serde_json::from_str(&self.payload).map_err(|e| Error::damaged("jobs.payload", e))
    }

    /// What a mark must show to be accepted.
    pub fn lease(&self) -> Lease<'_> {
        Lease { id: self.id, owner: &self.lease_owner, attempt: self.attempts }
    }
}

/// Takes the oldest due jobs of a queue, each counted as an attempt begun.
///
/// A job behind an unfinished one of its ordering key is left where it is. Two workers never get the same row: row
/// locks on PostgreSQL, the single writer on SQLite; and never two rows of one key: the index `jobs_one_running`
/// refuses what slips between two snapshots, and the claim is tried again.
pub async fn claim(db: &impl ConnectionTrait, claim: &Claim<'_>) -> Result<Vec<Claimed>, Error> {
    for _ in 0..CLASHES {
        match claim_once(db, claim).await {
            Err(e) if e.is_duplicate() => {}
            other => return other,
        }
    }
    Ok(Vec::new())
}

/// After so many clashes in a row the next poll tries again.
const CLASHES: u8 = 4;

async fn claim_once(db: &impl ConnectionTrait, claim: &Claim<'_>) -> Result<Vec<Claimed>, Error> {
    let statement = claim_statement(db.get_database_backend(), claim);
    let mut rows = Claimed::find_by_statement(statement).all(db).await?;
    rows.sort_by_key(|row| (row.next_run_at, row.id));
    Ok(rows)
}

/// The one statement of a claim; public so that the planner can be asked about it.
pub fn claim_statement(backend: DbBackend, claim: &Claim<'_>) -> Statement {
    let lock = match backend {
        DbBackend::Postgres => "FOR UPDATE OF j SKIP LOCKED",
        _ => "",
    };
    let values: [Value; 5] = [
        claim.queue.key().into(),
        claim.at.into(),
        i64::from(claim.limit).into(),
        claim.worker.into(),
        claim.lease_until.into(),
    ];
    Statement::from_sql_and_values(backend, CLAIM.replace("{lock}", lock), values)
}

/// The literals repeat the predicates of the partial indices; bound values would hide them from the planner.
const CLAIM: &str = "
WITH picked AS MATERIALIZED (
  SELECT j.id FROM jobs j
  WHERE j.state = 'ready' AND j.queue = $1 AND j.next_run_at <= $2
    AND NOT EXISTS (
      SELECT 1 FROM jobs e
      WHERE e.ordering_key = j.ordering_key AND e.state IN ('ready', 'running')
        AND ((e.place, e.id) < (j.place, j.id) OR e.state = 'running'))
  ORDER BY j.next_run_at, j.id
  LIMIT $3 {lock})
UPDATE jobs SET state = 'running', attempts = attempts + 1, awaited_party = NULL, own_run_at = NULL, lease_owner = $4,
    lease_until = $5
WHERE id IN (SELECT id FROM picked)
RETURNING id, kind, payload, payload_version, ordering_key, attempts, max_attempts, next_run_at, traceparent, lease_owner";

/// Takes back what is held under a lease that ended before `lease_now` (machine's time): ready again at `at`
/// (office's time), or dead after the last attempt. Tells how many rows.
pub async fn expire(
    db: &impl ConnectionTrait,
    lease_now: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<u64, Error> {
    let values = || vec![lease_now.into(), at.into(), VANISHED.into()];
    let dead = db.query_all_raw(statement(db, EXPIRE_DEAD, values())).await?;
    let keys: Vec<Option<String>> =
        dead.iter().map(|row| row.try_get("", "ordering_key")).collect::<Result<_, _>>()?;
    let_go(db, &keys.into_iter().flatten().collect::<Vec<_>>()).await?;
    Ok(u64::try_from(dead.len()).unwrap_or(u64::MAX) + execute(db, EXPIRE_READY, values()).await?)
}

const VANISHED: &str = "người làm biến mất giữa chừng / the worker vanished before it reported";

const EXPIRE_DEAD: &str = "UPDATE jobs SET state = 'dead', finished_at = $2, last_error = $3, lease_owner = NULL, \
    lease_until = NULL WHERE state = 'running' AND lease_until < $1 AND attempts >= max_attempts \
    RETURNING ordering_key";

const EXPIRE_READY: &str = "UPDATE jobs SET state = 'ready', next_run_at = $2, last_error = $3, lease_owner = NULL, \
    lease_until = NULL WHERE state = 'running' AND lease_until < $1";
