//! Items of the queue and what was found on their way.

use super::Item;
use crate::error::Error;
use crate::tables::{digitisation_stages, digitisations};
use digitisations::{Column, Entity};
use rules::papers::Stage;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

/// The item of this key; fails as not found.
pub async fn find<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Item, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("digitisation"))
}

/// The item of this key, locked until the end of the transaction.
pub async fn find_locked(tx: &DatabaseTransaction, id: Uuid) -> Result<Item, Error> {
    let found = Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    found.ok_or(Error::NotFound("digitisation"))
}

/// Open items that wait for the inspection of this file, locked: they go on, or stick, with what it finds.
pub async fn find_by_file(tx: &DatabaseTransaction, file: Uuid) -> Result<Vec<Item>, Error> {
    let rows = Entity::find().filter(Column::FileId.eq(file)).filter(Column::EndedAt.is_null());
    let rows = rows.filter(Column::Stage.eq(Stage::Inspect.key())).filter(Column::CancelledAt.is_null());
    Ok(rows.order_by_asc(Column::Id).lock_exclusive().all(tx).await?)
}

/// The newest item that became this document, or that this file was handed in for; fails as not found.
pub async fn of_document<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Item, Error> {
    for column in [Column::DocumentId, Column::FileId] {
        let rows = Entity::find().filter(column.eq(id)).order_by_desc(Column::Id);
        if let Some(found) = rows.one(db).await? {
            return Ok(found);
        }
    }
    Err(Error::NotFound("document"))
}

/// The items of a dossier, oldest first.
pub async fn of_dossier<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Item>, Error> {
    Ok(Entity::find().filter(Column::DossierId.eq(dossier)).order_by_asc(Column::Id).all(db).await?)
}

/// The open items of a dossier, oldest first.
pub async fn open_of_dossier<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Item>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier)).filter(Column::EndedAt.is_null());
    Ok(rows.order_by_asc(Column::Id).all(db).await?)
}

/// What the stages of an item found, in the order in which they ended.
pub async fn stages<C: ConnectionTrait>(
    db: &C,
    item: Uuid,
) -> Result<Vec<digitisation_stages::Model>, Error> {
    use digitisation_stages::Column;
    let rows = digitisation_stages::Entity::find().filter(Column::DigitisationId.eq(item));
    let mut rows = rows.all(db).await?;
    rows.sort_by_key(|row| Stage::from_key(&row.stage));
    Ok(rows)
}

/// What one stage of an item found; none while it is not done.
pub async fn stage<C: ConnectionTrait>(
    db: &C,
    item: Uuid,
    stage: Stage,
) -> Result<Option<digitisation_stages::Model>, Error> {
    Ok(digitisation_stages::Entity::find_by_id((item, stage.key().to_owned())).one(db).await?)
}
