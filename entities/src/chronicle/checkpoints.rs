//! Signed heads of chains: whoever kept one can prove that nothing before it was changed since.

use super::canon::checkpoint_words;
use super::chaining::head;
use super::signing::SigningKey;
use crate::database::Database;
use crate::error::Error;
use crate::tables::chronicle_checkpoints::{Column, Entity, Model};
use crate::tables::chronicle_keys as keys;
use crate::tables::chronicle_links as links;
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

/// Links between two checkpoints at most, so that a proof stays short.
pub const STRIDE: i64 = 1_000;

/// Signs the head of every chain that has grown since its last checkpoint, and every thousandth link on the way.
pub async fn sign_heads(db: &Database, key: &SigningKey, at: DateTime<Utc>) -> Result<Vec<Model>, Error> {
    publish(db, key, at).await?;
    let mut signed = Vec::new();
    let mut chain = next_chain(db.reader(), "").await?;
    while let Some(name) = chain {
        signed.extend(sign_chain(db, key, &name, at).await?);
        chain = next_chain(db.reader(), &name).await?;
    }
    Ok(signed)
}

/// Keeps the public half beside what it signs.
async fn publish(db: &Database, key: &SigningKey, at: DateTime<Utc>) -> Result<(), Error> {
    let row = keys::Model { id: key.id(), public_key: key.public_key(), since: at };
    if keys::Entity::find_by_id(row.id.clone()).one(db.reader()).await?.is_none() {
        let written = keys::Entity::insert(row.into_active_model()).exec_without_returning(db.writer()).await;
        match written.map_err(Error::from) {
            Err(error) if !error.is_duplicate() => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

async fn sign_chain(
    db: &Database,
    key: &SigningKey,
    chain: &str,
    at: DateTime<Utc>,
) -> Result<Vec<Model>, Error> {
    let Some(head) = head(db.reader(), chain).await? else { return Ok(Vec::new()) };
    let before = last(db.reader(), chain).await?.map_or(0, |checkpoint| checkpoint.seq);
    let mut signed = Vec::new();
    for seq in places(before, head.seq) {
        let link = links::Entity::find_by_id((chain.to_owned(), seq)).one(db.reader()).await?;
        let link = link.ok_or(Error::NotFound("link of the chronicle"))?;
        signed.push(checkpoint(key, &link, at)?);
    }
    if !signed.is_empty() {
        let rows = signed.iter().cloned().map(IntoActiveModel::into_active_model);
        Entity::insert_many(rows).exec_without_returning(db.writer()).await?;
    }
    Ok(signed)
}

/// Where a chain is signed that has grown from one place to another.
fn places(before: i64, head: i64) -> Vec<i64> {
    let mut seq = (before / STRIDE + 1) * STRIDE;
    let mut places = Vec::new();
    while seq < head {
        places.push(seq);
        seq += STRIDE;
    }
    places.extend((head > before).then_some(head));
    places
}

fn checkpoint(key: &SigningKey, link: &links::Model, at: DateTime<Utc>) -> Result<Model, Error> {
    let words = checkpoint_words(&link.chain, link.seq, &link.hash, at);
    Ok(Model {
        id: Uuid::now_v7(),
        chain: link.chain.clone(),
        seq: link.seq,
        hash: link.hash.clone(),
        key_id: key.id(),
        signature: key.sign(&words)?,
        at,
    })
}

/// The last checkpoint of a chain.
pub async fn last<C: ConnectionTrait>(db: &C, chain: &str) -> Result<Option<Model>, Error> {
    let rows = Entity::find().filter(Column::Chain.eq(chain));
    Ok(rows.order_by_desc(Column::Seq).one(db).await?)
}

/// The first checkpoint of a chain at a link or after it.
pub async fn over<C: ConnectionTrait>(db: &C, chain: &str, seq: i64) -> Result<Option<Model>, Error> {
    let rows = Entity::find().filter(Column::Chain.eq(chain)).filter(Column::Seq.gte(seq));
    Ok(rows.order_by_asc(Column::Seq).one(db).await?)
}

/// The first chain after a name, in their order.
pub async fn next_chain<C: ConnectionTrait>(db: &C, name: &str) -> Result<Option<String>, Error> {
    let rows = links::Entity::find().filter(links::Column::Chain.gt(name));
    let first = rows.order_by_asc(links::Column::Chain).order_by_asc(links::Column::Seq).one(db).await?;
    Ok(first.map(|link| link.chain))
}

/// The public keys, oldest first.
pub async fn public_keys<C: ConnectionTrait>(db: &C) -> Result<Vec<keys::Model>, Error> {
    let rows = keys::Entity::find().order_by_asc(keys::Column::Since);
    Ok(rows.order_by_asc(keys::Column::Id).all(db).await?)
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn every_thousandth_link_is_signed_on_the_way_to_the_head() {
        assert_eq!(places(0, 0), Vec::<i64>::new());
        assert_eq!(places(0, 7), [7]);
        assert_eq!(places(7, 7), Vec::<i64>::new());
        assert_eq!(places(999, 2_500), [1_000, 2_000, 2_500]);
        assert_eq!(places(1_000, 2_000), [2_000]);
    }
}
