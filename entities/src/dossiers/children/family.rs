//! The children of a dossier, read.

use crate::error::Error;
use crate::tables::dossiers::{Column, Entity, Model};
use rules::children::{Sibling, is_over};
use rules::status::Status;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// What stands in `dossiers.turn` of a child whose time has not come.
pub const HELD: &str = "held";

/// All children of a dossier, in the order they were opened.
pub async fn of<C: ConnectionTrait>(db: &C, parent: Uuid) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().filter(Column::ParentId.eq(parent)).order_by_asc(Column::Id).all(db).await?)
}

/// How many of its children are not over.
pub async fn open_count<C: ConnectionTrait>(db: &C, parent: Uuid) -> Result<u16, Error> {
    let over = Status::ALL.into_iter().filter(|status| is_over(*status)).map(Status::key);
    let open = Entity::find().filter(Column::ParentId.eq(parent)).filter(Column::Status.is_not_in(over));
    Ok(u16::try_from(open.count(db).await?).unwrap_or(u16::MAX))
}

/// A child as the rules look at it.
pub fn sibling(child: &Model) -> Result<Sibling, Error> {
    let status = Status::from_key(&child.status);
    let status = status.ok_or_else(|| Error::damaged("dossiers.status", &child.status))?;
    Ok(Sibling { id: child.id, place: child.place_in_line, held: child.turn == HELD, over: is_over(status) })
}
