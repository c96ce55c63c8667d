//! The inbox: what a signed-in person was told, newest first, and noting that it was seen.

use super::preferences::person_of;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::notices::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::access::{Relation, Thing, units};
use rules::actor::Actor;
use rules::notices::NoticeChannel;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use uuid::Uuid;

/// The name under which the officers of a unit find what is told to all of them.
pub fn officers_of(unit: Uuid) -> String {
    format!("officers@{unit}")
}

/// What lies in the inbox of this person, newest first; `after` is the last id of the page before.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    by: &Actor,
    (after, limit): (Option<Uuid>, u64),
) -> Result<Vec<Model>, Error> {
    let mut rows = Vec::new();
    for query in queries(sealer, by, (after, limit)) {
        rows.extend(query.all(db).await?);
    }
    rows.sort_by_key(|row: &Model| std::cmp::Reverse(row.id));
    rows.dedup_by_key(|row| row.id);
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}

/// The queries of [`list`], one a name; public so that the planner can be asked about them.
pub fn queries(sealer: &Sealer, by: &Actor, (after, limit): (Option<Uuid>, u64)) -> Vec<Select<Entity>> {
    let page = |query: Select<Entity>| {
        let query = match after {
            Some(after) => query.filter(Column::Id.lt(after)),
            None => query,
        };
        query.order_by_desc(Column::Id).limit(limit)
    };
    let mut all: Vec<_> =
        names(by).into_iter().map(|name| page(lying().filter(Column::Addressee.eq(name)))).collect();
    all.push(page(lying().filter(Column::Person.eq(person_of(by, sealer)))));
    all
}

/// The literal repeats the predicate of the partial indices.
fn lying() -> Select<Entity> {
    Entity::find().filter(Expr::cust("channel = 'inbox'"))
}

fn names(by: &Actor) -> Vec<String> {
    let units = units(by, Thing::Desk, Relation::Unit).into_iter().map(officers_of);
    std::iter::once(by.subject.clone()).chain(units).collect()
}

/// Notes that it was seen; who saw it first stays. Not found for whom it is not.
pub async fn see(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    by: &Actor,
    (id, at): (Uuid, DateTime<Utc>),
) -> Result<Model, Error> {
    let row = Entity::find_by_id(id).one(tx).await?.filter(|row| is_for(row, sealer, by));
    let row = row.ok_or(Error::NotFound("notice"))?;
    Entity::update_many()
        .col_expr(Column::SeenBy, Expr::value(by.subject.as_str()))
        .col_expr(Column::SeenAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::SeenAt.is_null())
        .exec(tx)
        .await?;
    super::handing::by_id(tx, row.id).await
}

fn is_for(row: &Model, sealer: &Sealer, by: &Actor) -> bool {
    let named = row.addressee.as_ref().is_some_and(|name| names(by).contains(name));
    row.channel == NoticeChannel::Inbox.key() && (named || row.person == person_of(by, sealer))
}
