//! Reading the chronicle: each person what concerns them, inspectors all of it without names of citizens.

use super::about::account_index;
use super::entry::place;
use crate::dossiers::own_key::wrapped_keys;
use crate::dossiers::vouched_id;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::chronicle::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Which entries to list.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Only by officers of this unit.
    pub unit: Option<Uuid>,
    /// Only by this `issuer|subject`.
    pub subject: Option<String>,
    /// Only about this dossier.
    pub dossier: Option<Uuid>,
    /// Not before.
    pub from: Option<DateTime<Utc>>,
    /// Not after.
    pub until: Option<DateTime<Utc>>,
    /// Only before this one: the last of the page before.
    pub before: Option<Uuid>,
    /// Rows wanted.
    pub limit: u64,
}

/// What was done with a person's data and looked at of it, newest first, below `before`.
pub async fn about_me<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    by: &Actor,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, Error> {
    let mut rows = Vec::new();
    for query in about_me_queries(sealer, by, before, limit) {
        rows.extend(query.all(db).await?);
    }
    rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.id));
    rows.dedup_by_key(|row| row.id);
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}

/// One query for the account and one for the vouched number, each from an index of its own; public so that the planner
/// can be asked about them.
pub fn about_me_queries(
    sealer: &Sealer,
    by: &Actor,
    before: Option<Uuid>,
    limit: u64,
) -> Vec<Select<Entity>> {
    let account = Entity::find().filter(Column::AccountIndex.eq(account_index(sealer, &by.subject)));
    let number = vouched_id(by).map(|id| sealer.index("id", id));
    let numbered = number.map(|index| Entity::find().filter(Column::OwnerIndex.eq(index)));
    let all = std::iter::once(account).chain(numbered);
    all.map(|query| below(query, before).order_by_desc(Column::Id).limit(limit)).collect()
}

/// Entries as an inspector asks for them, newest first.
pub async fn list<C: ConnectionTrait>(db: &C, sealer: &Sealer, search: &Search) -> Result<Vec<Model>, Error> {
    Ok(query(sealer, search).all(db).await?)
}

/// The query of a list; public so that the planner can be asked about it.
pub fn query(sealer: &Sealer, search: &Search) -> Select<Entity> {
    let mut rows = Entity::find();
    if let Some(unit) = search.unit {
        rows = rows.filter(Column::UnitId.eq(unit));
    }
    if let Some(subject) = &search.subject {
        // Officers are kept by their subject, anybody else by an index of it.
        let known = [subject.clone(), account_index(sealer, subject)];
        rows = rows.filter(Column::Subject.is_in(known));
    }
    if let Some(dossier) = search.dossier {
        rows = rows.filter(Column::DossierId.eq(dossier));
    }
    if let Some(from) = search.from {
        rows = rows.filter(Column::At.gte(from));
    }
    if let Some(until) = search.until {
        rows = rows.filter(Column::At.lte(until));
    }
    below(rows, search.before).order_by_desc(Column::Id).limit(search.limit)
}

/// One entry.
pub async fn find<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("entry of the chronicle"))
}

/// The entry is about the data of this person.
pub fn is_about(entry: &Model, by: &Actor, sealer: &Sealer) -> bool {
    let number = vouched_id(by).map(|id| sealer.index("id", id));
    entry.account_index == Some(account_index(sealer, &by.subject))
        || (number.is_some() && entry.owner_index == number)
}

/// The person did it themselves.
pub fn is_own(entry: &Model, by: &Actor, sealer: &Sealer) -> bool {
    entry.subject == by.subject || entry.subject == account_index(sealer, &by.subject)
}

/// The wrapped keys of the dossiers that these entries are about.
pub async fn keys_of<C: ConnectionTrait>(db: &C, entries: &[Model]) -> Result<BTreeMap<Uuid, String>, Error> {
    let worded = entries.iter().filter(|entry| entry.purpose_sealed.is_some());
    wrapped_keys(db, &worded.filter_map(|entry| entry.dossier_id).collect::<Vec<_>>()).await
}

/// What it was for, opened with one of [`keys_of`], or [`crate::sealing::ERASED`]; none where nobody said it.
pub fn purpose(
    sealer: &Sealer,
    keys: &BTreeMap<Uuid, String>,
    entry: &Model,
) -> Result<Option<String>, Error> {
    let Some(sealed) = &entry.purpose_sealed else { return Ok(None) };
    let dossier = entry.dossier_id.unwrap_or_default();
    let own = sealer.own(dossier, keys.get(&dossier).map(String::as_str))?;
    Ok(Some(own.open(&place(entry.id, "purpose"), sealed)?.or_marked()))
}

fn below(rows: Select<Entity>, before: Option<Uuid>) -> Select<Entity> {
    let nothing = Condition::all();
    rows.filter(before.map_or(nothing.clone(), |before| nothing.add(Column::Id.lt(before))))
}
