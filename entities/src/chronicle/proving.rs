//! The proof that an entry stands in its chain: its link, those behind it, and the next signed checkpoint.

use super::checkpoints::over;
use crate::error::Error;
use crate::tables::chronicle_checkpoints::Model as Checkpoint;
use crate::tables::chronicle_keys as keys;
use crate::tables::chronicle_links::{Column, Entity, Model as Link};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// An entry's link and the way from it to what was signed.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The link of the entry.
    pub link: Link,
    /// The links behind it, up to the one that was signed; at most a thousand.
    pub path: Vec<Link>,
    /// The signed head with the public key that signed it; none before the next hour is full.
    pub signed: Option<(Checkpoint, Option<String>)>,
}

/// The proof of an entry; none as long as it waits to be linked, some seconds.
pub async fn prove<C: ConnectionTrait>(db: &C, entry: Uuid) -> Result<Option<Proof>, Error> {
    let Some(link) = Entity::find().filter(Column::EntryId.eq(entry)).one(db).await? else {
        return Ok(None);
    };
    let Some(checkpoint) = over(db, &link.chain, link.seq).await? else {
        return Ok(Some(Proof { link, path: Vec::new(), signed: None }));
    };
    let behind = Entity::find().filter(Column::Chain.eq(&link.chain)).filter(Column::Seq.gt(link.seq));
    let behind = behind.filter(Column::Seq.lte(checkpoint.seq)).order_by_asc(Column::Seq);
    let path = behind.all(db).await?;
    let key = keys::Entity::find_by_id(checkpoint.key_id.clone()).one(db).await?;
    Ok(Some(Proof { link, path, signed: Some((checkpoint, key.map(|key| key.public_key))) }))
}
