//! Who opened a paper that is being digitised, and what for.

use crate::chronicle::looks;
use crate::error::Error;
use crate::tables::digitisation_uses::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

/// What was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// The fields with their values.
    Fields,
    /// The picture of one page, from 1.
    Page(i32),
}

/// Notes that somebody opened a paper, before it is shown; the look is gathered for the chronicle.
pub async fn note<C: ConnectionTrait>(
    db: &C,
    (item, opened): (Uuid, Opened),
    (by, purpose): (&Actor, &str),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let (kind, page) = match opened {
        Opened::Fields => ("fields", None),
        Opened::Page(page) => ("page", Some(page)),
    };
    looks::opened(None, item, purpose);
    let row = Model {
        id: Uuid::now_v7(),
        digitisation_id: item,
        kind: kind.into(),
        page,
        by_subject: by.subject.clone(),
        by_name: by.name.clone(),
        purpose: purpose.chars().take(400).collect(),
        at,
    };
    Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Everybody who opened it, newest first, below `before`; public so that the planner can be asked about it.
pub fn query(item: Uuid, before: Option<Uuid>, limit: u64) -> Select<Entity> {
    let mut rows = Entity::find().filter(Column::DigitisationId.eq(item));
    if let Some(before) = before {
        rows = rows.filter(Column::Id.lt(before));
    }
    rows.order_by_desc(Column::Id).limit(limit)
}
