//! The lists of the national database as they were last read.

use crate::error::Error;
use crate::tables::national_lines::{Column, Entity, Model};
use crate::tables::procedures;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

/// One page of a list by code, after `after`; with `unknown_here` only procedures that the office does not know.
pub async fn page<C: ConnectionTrait>(
    db: &C,
    list: &str,
    unknown_here: bool,
    after: Option<String>,
    limit: u64,
) -> Result<Vec<Model>, Error> {
    let mut query = Entity::find().filter(Column::List.eq(list));
    if unknown_here {
        let known = procedures::Entity::find().select_only().column(procedures::Column::NationalCode);
        query = query.filter(Column::Code.not_in_subquery(known.into_query()));
    }
    if let Some(after) = after {
        query = query.filter(Column::Code.gt(after));
    }
    Ok(query.order_by_asc(Column::Code).limit(limit).all(db).await?)
}
