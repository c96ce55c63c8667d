//! The JSON form of a downtime.

use chrono::{DateTime, Utc};
use entities::tables::downtimes::Model;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A time in which the office is away.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Downtime)]
pub(crate) struct DowntimeView {
    /// Key.
    id: Uuid,
    /// It begins.
    from: DateTime<Utc>,
    /// It ends.
    until: DateTime<Utc>,
    /// Why.
    #[schema(example = "Nâng cấp máy chủ.")]
    reason: String,
    /// Nobody planned it.
    unplanned: bool,
    /// When it was announced.
    announced_at: DateTime<Utc>,
}

impl DowntimeView {
    /// The view of a row.
    pub(super) fn of(row: Model) -> Self {
        let Model { id, from_at: from, until_at: until, reason, unplanned, announced_at, .. } = row;
        Self { id, from, until, reason, unplanned, announced_at }
    }
}
