//! A dossier as a comparison looks at it, and as either side tells it.

use chrono::{DateTime, Utc};
use rules::status::Status;
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Dossiers or messages of one part.
pub const TOGETHER: u64 = 200;

/// What the comparison needs of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Walked {
    /// Key.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// Key of the status.
    pub status: String,
    /// Received.
    pub received_at: Option<DateTime<Utc>>,
    /// Due; absent while the clock stands.
    pub due_at: Option<DateTime<Utc>>,
    /// Who may set the status; `local` here.
    pub system_of_record: String,
    /// The portal's own key.
    pub national_id: Option<String>,
    /// Row version.
    pub version: i32,
    /// Last act.
    pub updated_at: DateTime<Utc>,
}

impl Walked {
    /// Where it stands in the order of the walk.
    pub fn place(&self) -> (Uuid, DateTime<Utc>) {
        (self.id, self.updated_at)
    }

    /// It was handed in at the portal itself.
    pub fn is_born_there(&self) -> bool {
        self.national_id.is_some()
    }

    /// What the portal knows it by.
    pub fn known_as(&self) -> &str {
        self.national_id.as_deref().unwrap_or(&self.code)
    }

    /// How it stands here.
    pub fn side(&self) -> Side {
        let status = Status::from_key(&self.status);
        Side { status, received_at: self.received_at, due_at: self.due_at }
    }
}

/// A dossier as one side tells it; what a side does not tell is absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The status.
    pub status: Option<Status>,
    /// Received.
    pub received_at: Option<DateTime<Utc>>,
    /// Due; absent here while the clock stands.
    pub due_at: Option<DateTime<Utc>>,
}
