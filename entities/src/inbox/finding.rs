//! A dossier by a code that the portal may use: ours or its own.

use crate::dossiers::reading;
use crate::error::Error;
use crate::tables::dossiers::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

/// The dossier that the portal knows under this key.
pub async fn by_national_id<C: ConnectionTrait>(db: &C, id: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find().filter(Column::NationalId.eq(id)).one(db).await?)
}

/// The same, held until the end of the transaction.
pub(super) async fn locked<C: ConnectionTrait>(tx: &C, id: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find().filter(Column::NationalId.eq(id)).lock_exclusive().one(tx).await?)
}

/// The dossier of our code, or of the portal's key.
pub async fn by_any_code<C: ConnectionTrait>(db: &C, code: &str) -> Result<Option<Model>, Error> {
    match reading::by_code(db, code).await? {
        Some(found) => Ok(Some(found)),
        None => by_national_id(db, code).await,
    }
}

/// The same, held until the end of the transaction.
pub(super) async fn locked_by_any_code<C: ConnectionTrait>(
    tx: &C,
    code: &str,
) -> Result<Option<Model>, Error> {
    let ours = Entity::find().filter(Column::Code.eq(code)).lock_exclusive().one(tx).await?;
    match ours {
        Some(found) => Ok(Some(found)),
        None => locked(tx, code).await,
    }
}
