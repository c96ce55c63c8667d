//! The row of one job, as the table keeps it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Where a job stands.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for its time, its turn and a free worker.
    Ready,
    /// A worker holds it under a lease.
    Running,
    /// Its effect is made.
    Done,
    /// Given up after its last attempt or a failure that cannot pass; may be replayed.
    Dead,
    /// Taken back by a person.
    Cancelled,
}

impl State {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Ready, Self::Running, Self::Done, Self::Dead, Self::Cancelled];

    /// Key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Done => "done",
            Self::Dead => "dead",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A job as stored.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    /// UUID v7: its order is the order of writing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Key of the kind, `rules::jobs::Job::kind`.
    pub kind: String,
    /// JSON of the job; kept as text so that a damaged payload can still be shown.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// Version of the payload's form.
    pub payload_version: i32,
    /// Key of the queue.
    pub queue: String,
    /// Rows of one key run one after the other.
    pub ordering_key: Option<String>,
    /// Place in the line of the ordering key; rows of one place go by their id.
    pub place: i32,
    /// No two rows have the same.
    pub unique_key: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Attempts begun.
    pub attempts: i32,
    /// Attempts after which it is dead.
    pub max_attempts: i32,
    /// Not before this time.
    pub next_run_at: DateTimeUtc,
    /// Its own time, while it stands behind an unfinished row of its ordering key and was put back with it.
    pub own_run_at: Option<DateTimeUtc>,
    /// Worker that holds it.
    pub lease_owner: Option<String>,
    /// Until when the worker holds it.
    pub lease_until: Option<DateTimeUtc>,
    /// Connector or kind of party that it waits for, when it does.
    pub awaited_party: Option<String>,
    /// Why the last attempt failed, in words.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    /// Dossier it was written for.
    pub dossier_id: Option<Uuid>,
    /// What caused it, such as `dossier:<id>#<entry>`.
    pub cause: Option<String>,
    /// W3C trace context of the request that caused it.
    pub traceparent: Option<String>,
    /// When it was written.
    pub created_at: DateTimeUtc,
    /// When it was done, dead or cancelled.
    pub finished_at: Option<DateTimeUtc>,
}

/// None: the dossier's table comes from another step.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
