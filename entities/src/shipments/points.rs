//! What the clerks of a postal point carry today.

use crate::error::Error;
use crate::tables::shipments::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// What a list of a point is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    /// The postal point.
    pub point: Uuid,
    /// Those that came to their end since then; without it those that are still to be carried.
    pub closed_since: Option<DateTime<Utc>>,
    /// Last id of the page before.
    pub after: Option<Uuid>,
    /// Rows wanted.
    pub limit: u64,
}

/// The shipments of a postal point that were ordered, oldest first.
pub async fn list<C: ConnectionTrait>(db: &C, search: &Search) -> Result<Vec<Model>, Error> {
    Ok(query(search).all(db).await?)
}

/// The query of [`list`].
pub fn query(search: &Search) -> Select<Entity> {
    let of_point = Entity::find().filter(Column::PointId.eq(search.point));
    let mut query = match search.closed_since {
        Some(since) => of_point.filter(Column::ClosedAt.gte(since)),
        // The literal repeats the predicate of the partial index.
        None => of_point.filter(Expr::cust("closed_at IS NULL")),
    };
    if let Some(after) = search.after {
        query = query.filter(Column::Id.gt(after));
    }
    query.filter(Column::OrderedAt.is_not_null()).order_by_asc(Column::Id).limit(search.limit)
}
