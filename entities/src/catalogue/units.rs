//! Administrative units and postal points, as they stand on a day.

use super::unit_codes;
use crate::columns::{from_json, from_key};
use crate::error::Error;
use crate::tables::unit_codes::Model as Code;
use crate::tables::units::{Column, Entity, Model};
use chrono::NaiveDate;
use rules::office_hours::OfficeHours;
use rules::procedure::Tier;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

/// A unit with its hours read.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The row.
    pub row: Model,
    /// Its tier.
    pub tier: Tier,
    /// Its office hours.
    pub hours: OfficeHours,
    /// Every code it ever had, oldest first.
    pub codes: Vec<Code>,
}

impl Unit {
    /// The organisation code that dossier codes of a day carry: of the generation that the regime wants, the one that
    /// was given last (C-06, C-10, C-11).
    pub fn code_on(&self, day: NaiveDate) -> &str {
        let new = rules::regime::in_force(day).new_organisation_codes;
        let scheme = if new { "new" } else { "old" };
        let given = self.codes.iter().rfind(|code| code.scheme == scheme && code.lasts(day));
        match (given, &self.row.old_code) {
            (Some(given), _) => &given.code,
            (None, Some(old)) if !new => old,
            (None, _) => &self.row.code,
        }
    }

    /// Its codes as a relief may name them: its own and that of its administrative unit (F-05).
    pub fn places(&self) -> Vec<&str> {
        [Some(self.row.code.as_str()), self.row.place_code.as_deref()].into_iter().flatten().collect()
    }

    /// The unit exists on a day.
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.row.valid_from <= day && self.row.valid_to.is_none_or(|to| day <= to)
    }
}

/// A unit by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Unit, Error> {
    known(db, Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("unit"))?).await
}

/// A unit by its new or old organisation code.
pub async fn by_code<C: ConnectionTrait>(db: &C, code: &str) -> Result<Unit, Error> {
    let either = Condition::any().add(Column::Code.eq(code)).add(Column::OldCode.eq(code));
    known(db, Entity::find().filter(either).one(db).await?.ok_or(Error::NotFound("unit"))?).await
}

/// The one unit of a tier that stands above a unit, or at its place; none where there is none or more than one.
pub async fn of_tier<C: ConnectionTrait>(
    db: &C,
    from: Uuid,
    tier: Tier,
    day: NaiveDate,
) -> Result<Option<Unit>, Error> {
    let fits = |unit: &Unit| unit.tier == tier && unit.row.receives && unit.exists_on(day);
    let start = by_id(db, from).await?;
    let place = start.row.place_code.clone();
    let mut above = Some(start);
    while let Some(unit) = above {
        if fits(&unit) {
            return Ok(Some(unit));
        }
        above = match unit.row.parent_id {
            Some(parent) => Some(by_id(db, parent).await?),
            None => None,
        };
    }
    let Some(place) = place else { return Ok(None) };
    let there = Entity::find().filter(Column::PlaceCode.eq(place)).all(db).await?;
    let there = there.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut fitting = there.into_iter().filter(fits);
    Ok(fitting.next().filter(|_| fitting.next().is_none()))
}

/// What a list of units is asked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Words of the name, any accents.
    pub words: String,
    /// Tier.
    pub tier: Option<Tier>,
    /// Units below this one.
    pub parent: Option<Uuid>,
    /// The unit that bears this organisation code on the day, old or new (C-06).
    pub code: Option<String>,
    /// Last code of the page before.
    pub after: Option<String>,
    /// Rows wanted.
    pub limit: u64,
}

/// Units that exist on `day`, by code.
pub async fn list<C: ConnectionTrait>(db: &C, search: &Search, day: NaiveDate) -> Result<Vec<Model>, Error> {
    Ok(query(search, day)?.all(db).await?)
}

/// The query of [`list`].
pub fn query(search: &Search, day: NaiveDate) -> Result<Select<Entity>, Error> {
    let mut query = Entity::find()
        .filter(Column::ValidFrom.lte(day))
        .filter(Condition::any().add(Column::ValidTo.is_null()).add(Column::ValidTo.gte(day)));
    if let Some(tier) = &search.tier {
        query = query.filter(Column::Tier.eq(crate::columns::key_of(tier)?));
    }
    if let Some(parent) = search.parent {
        query = query.filter(Column::ParentId.eq(parent));
    }
    if let Some(code) = &search.code {
        query = query.filter(Column::Id.in_subquery(unit_codes::bearing(code, day)));
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

async fn known<C: ConnectionTrait>(db: &C, row: Model) -> Result<Unit, Error> {
    let codes = unit_codes::of(db, row.id).await?;
    Ok(Unit { codes, ..read(row)? })
}

fn read(row: Model) -> Result<Unit, Error> {
    let tier = from_key("units.tier", &row.tier)?;
    let hours = from_json("units.office_hours", &row.office_hours)?;
    Ok(Unit { row, tier, hours, codes: Vec::new() })
}
