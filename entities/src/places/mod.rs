//! Administrative units of the country: dated, with what continues them (law.md §2.3).

pub mod addresses;

use crate::columns::{from_key, key_of};
use crate::error::Error;
use crate::tables::place_successors::{Column as Edge, Entity as Edges};
use crate::tables::places::{Column, Entity, Model};
use chrono::NaiveDate;
use rules::codes::PlaceLevel;
use rules::places::{Share, Succession, continued};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use std::collections::BTreeSet;

/// What a list of places is asked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Words of the name, any accents.
    pub words: String,
    /// Level.
    pub level: Option<PlaceLevel>,
    /// Places directly inside this one, by code.
    pub parent: Option<String>,
    /// Last code of the page before.
    pub after: Option<String>,
    /// Rows wanted.
    pub limit: u64,
}

/// What continues a place on a day.
#[derive(Debug, Clone)]
pub struct Successors {
    /// The place that was asked about.
    pub place: Model,
    /// Places in force that hold it or a part of it.
    pub candidates: Vec<(Model, Share)>,
    /// True unless exactly one holds all of it.
    pub choice_needed: bool,
}

/// Places in force on `day`, by code.
pub async fn list<C: ConnectionTrait>(db: &C, search: &Search, day: NaiveDate) -> Result<Vec<Model>, Error> {
    Ok(query(search, day)?.all(db).await?)
}

/// The query of [`list`].
pub fn query(search: &Search, day: NaiveDate) -> Result<Select<Entity>, Error> {
    let mut query = Entity::find().filter(in_force(day));
    if let Some(level) = &search.level {
        query = query.filter(Column::Level.eq(key_of(level)?));
    }
    if let Some(parent) = &search.parent {
        query = query.filter(Column::ParentCode.eq(parent));
    }
    for word in
        rules::folding::fold(&search.words).replace(['%', '_'], "").split(' ').filter(|w| !w.is_empty())
    {
        query = query.filter(Column::NameFolded.contains(word));
    }
    if let Some(after) = &search.after {
        query = query.filter(Column::Code.gt(after));
    }
    Ok(query.order_by_asc(Column::Code).limit(search.limit))
}

/// The place that bears `code` on `day`; else the last that bore it before, else the first after.
pub async fn show<C: ConnectionTrait>(db: &C, code: &str, day: NaiveDate) -> Result<Model, Error> {
    let borne = bearers(db, code).await?;
    let current = borne.iter().find(|place| lasts(place, day));
    let before = borne.iter().rfind(|place| place.valid_from <= day);
    current.or(before).or(borne.first()).cloned().ok_or(Error::NotFound("place"))
}

/// What continues, on the day `on`, the place that bore `code`.
///
/// `known_on` is a day on which the code was right; without it the last place of this code that has ended is
/// meant, or the one in force when none has. Fails with `NotFound` for a code nobody bore.
pub async fn successors<C: ConnectionTrait>(
    db: &C,
    code: &str,
    known_on: Option<NaiveDate>,
    on: NaiveDate,
) -> Result<Successors, Error> {
    let place = meant(bearers(db, code).await?, known_on, on).ok_or(Error::NotFound("place"))?;
    let edges = edges_from(db, code).await?;
    let told = continued(&edges, code, known_on.unwrap_or(place.valid_from), on);
    let mut candidates = Vec::new();
    for (code, share) in told.candidates {
        let found = Entity::find().filter(Column::Code.eq(code)).filter(in_force(on)).one(db).await?;
        candidates.extend(found.map(|place| (place, share)));
    }
    let choice_needed = told.choice_needed || candidates.is_empty();
    Ok(Successors { place, candidates, choice_needed })
}

/// The place lasts on a day.
pub fn lasts(place: &Model, day: NaiveDate) -> bool {
    place.valid_from <= day && place.valid_to.is_none_or(|to| day <= to)
}

fn in_force(day: NaiveDate) -> Condition {
    let open = Condition::any().add(Column::ValidTo.is_null()).add(Column::ValidTo.gte(day));
    Condition::all().add(Column::ValidFrom.lte(day)).add(open)
}

/// All that ever bore a code, oldest first.
async fn bearers<C: ConnectionTrait>(db: &C, code: &str) -> Result<Vec<Model>, Error> {
    let query = Entity::find().filter(Column::Code.eq(code)).order_by_asc(Column::ValidFrom);
    Ok(query.all(db).await?)
}

fn meant(borne: Vec<Model>, known_on: Option<NaiveDate>, on: NaiveDate) -> Option<Model> {
    let found = match known_on {
        Some(day) => borne.iter().find(|place| lasts(place, day)),
        None => {
            let ended = borne.iter().rfind(|place| place.valid_to.is_some_and(|to| to < on));
            ended.or_else(|| borne.iter().find(|place| lasts(place, on)))
        }
    };
    found.cloned()
}

/// The edges that lead on from a code, however far.
async fn edges_from<C: ConnectionTrait>(db: &C, code: &str) -> Result<Vec<Succession>, Error> {
    let mut edges = Vec::new();
    let mut walked = BTreeSet::new();
    let mut open = BTreeSet::from([code.to_owned()]);
    while !open.is_empty() {
        let rows = Edges::find().filter(Edge::Code.is_in(open.clone())).all(db).await?;
        walked.append(&mut open);
        open = rows.iter().map(|row| row.successor.clone()).filter(|code| !walked.contains(code)).collect();
        for row in rows {
            let share = from_key("place_successors.share", &row.share)?;
            edges.push(Succession { code: row.code, successor: row.successor, from: row.valid_from, share });
        }
    }
    Ok(edges)
}
