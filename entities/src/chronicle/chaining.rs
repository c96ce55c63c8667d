//! Linking entries into the chains of their units, after they were committed, so that no writer waits for another.

use super::canon::{NOTHING_BEFORE, entry_hash, link_hash};
use crate::database::Database;
use crate::error::Error;
use crate::tables::chronicle::{Column, Entity, Model};
use crate::tables::chronicle_links::{self as links, Model as Link};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Milliseconds by which an entry may have been committed after one with a later key, and still be found at once.
pub const LATE: u128 = 120_000;

/// The same for the hourly round.
pub const VERY_LATE: u128 = 86_400_000;

/// Entries a transaction links at most.
const SOME: u64 = 500;

/// Links all committed entries that are in no chain yet; gives how many. Those committed more than `late` milliseconds
/// behind the newest linked one are left to a round that looks further back.
pub async fn chain(db: &Database, late: u128) -> Result<u64, Error> {
    let mut linked = 0;
    loop {
        let tx = db.begin().await?;
        let count = chain_some(&tx, late).await?;
        tx.commit().await?;
        linked += count;
        if count < SOME {
            return Ok(linked);
        }
    }
}

async fn chain_some(tx: &DatabaseTransaction, late: u128) -> Result<u64, Error> {
    let since = since(newest(tx).await?, late);
    let entries = unlinked(since, SOME).all(tx).await?;
    let mut heads: BTreeMap<String, (i64, String)> = BTreeMap::new();
    let mut rows = Vec::with_capacity(entries.len());
    for entry in &entries {
        let known = heads.remove(&entry.chain);
        let (seq, prev) = match known {
            Some(head) => head,
            None => head(tx, &entry.chain).await?.map_or((0, NOTHING_BEFORE.into()), |l| (l.seq, l.hash)),
        };
        let link = link(entry, seq + 1, prev);
        heads.insert(entry.chain.clone(), (link.seq, link.hash.clone()));
        rows.push(link.into_active_model());
    }
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    if count > 0 {
        links::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(count)
}

/// The link of an entry behind another.
fn link(entry: &Model, seq: i64, prev_hash: String) -> Link {
    let entry_hash = entry_hash(entry);
    let hash = link_hash(&entry.chain, seq, &prev_hash, &entry_hash);
    Link { chain: entry.chain.clone(), seq, entry_id: entry.id, entry_hash, prev_hash, hash }
}

/// The last link of a chain.
pub async fn head<C: ConnectionTrait>(db: &C, chain: &str) -> Result<Option<Link>, Error> {
    let rows = links::Entity::find().filter(links::Column::Chain.eq(chain));
    Ok(rows.order_by_desc(links::Column::Seq).one(db).await?)
}

/// The newest entry that is linked.
pub async fn newest<C: ConnectionTrait>(db: &C) -> Result<Option<Uuid>, Error> {
    let rows = links::Entity::find().order_by_desc(links::Column::EntryId);
    Ok(rows.one(db).await?.map(|link| link.entry_id))
}

/// The least key of an entry that was begun `late` milliseconds before another: the first 48 bits of a key are its time.
pub fn since(newest: Option<Uuid>, late: u128) -> Uuid {
    let began = newest.map_or(0, |id| id.as_u128() >> 80);
    Uuid::from_u128(began.saturating_sub(late) << 80)
}

/// Entries from a key on that are in no chain, oldest first; public so that the planner can be asked about it.
pub fn unlinked(since: Uuid, limit: u64) -> Select<Entity> {
    let mut link = Query::select();
    link.expr(Expr::value(1)).from(links::Entity);
    link.and_where(Expr::col((links::Entity, links::Column::EntryId)).equals((Entity, Column::Id)));
    let rows = Entity::find().filter(Column::Id.gte(since)).filter(Expr::exists(link).not());
    rows.order_by_asc(Column::Id).limit(limit)
}
