//! Writes places, their successors and the codes of units.

use super::places::{PlaceSeed, PlaceSuccessorSeed, UnitCodeSeed};
use super::report::Report;
use super::{Located, Seeds};
use crate::catalogue::unit_codes::{Given, give};
use crate::columns::key_of;
use crate::error::Error;
use crate::tables::{place_successors, places, unit_codes, units};
use chrono::NaiveDate;
use rules::refusal::Violation;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Rows of one statement.
const AT_ONCE: usize = 100;

/// Writes all of it; units are there already.
///
/// Errors: [`Error::Invalid`] for a code that two bear on one day; [`Error::NotFound`] for a place or unit that is nowhere.
pub(super) async fn write(tx: &DatabaseTransaction, seeds: &Seeds, report: &mut Report) -> Result<(), Error> {
    if !seeds.places.is_empty() {
        write_places(tx, &seeds.places, report).await?;
    }
    if !seeds.place_successors.is_empty() {
        write_successors(tx, &seeds.place_successors, report).await?;
    }
    write_own_codes(tx, seeds).await?;
    for given in &seeds.unit_codes {
        write_code(tx, &given.record, report).await?;
    }
    Ok(())
}

type Borne = BTreeMap<(String, NaiveDate), places::Model>;

async fn write_places(
    tx: &DatabaseTransaction,
    seeds: &[Located<PlaceSeed>],
    report: &mut Report,
) -> Result<(), Error> {
    let rows = places::Entity::find().all(tx).await?;
    let mut there: Borne = rows.into_iter().map(|row| ((row.code.clone(), row.valid_from), row)).collect();
    let mut added = Vec::new();
    for Located { record: seed, .. } in seeds {
        let row = place_row(seed)?;
        match there.insert((row.code.clone(), row.valid_from), row.clone()) {
            None => added.push(row.into_active_model()),
            Some(old) if old == row => report.unchanged += 1,
            Some(_) => {
                row.into_active_model().reset_all().update(tx).await?;
                report.places_changed += 1;
            }
        }
    }
    check(&there)?;
    report.places_added += u32::try_from(added.len()).unwrap_or(u32::MAX);
    for some in added.chunks(AT_ONCE) {
        places::Entity::insert_many(some.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn place_row(seed: &PlaceSeed) -> Result<places::Model, Error> {
    Ok(places::Model {
        code: seed.code.clone(),
        valid_from: seed.valid_from,
        valid_to: seed.valid_to,
        level: key_of(&seed.level())?,
        name: seed.name.clone(),
        name_folded: rules::folding::fold(&seed.name),
        parent_code: seed.parent.clone(),
        document: seed.document.clone(),
    })
}

/// One code names one place a day, and a place lies in one that is known.
fn check(borne: &Borne) -> Result<(), Error> {
    let mut before: Option<&places::Model> = None;
    for place in borne.values() {
        if let Some(earlier) = before
            && earlier.code == place.code
            && earlier.valid_to.is_none_or(|to| place.valid_from <= to)
        {
            return Err(twice(&place.code));
        }
        before = Some(place);
    }
    let codes: BTreeSet<&str> = borne.keys().map(|(code, _)| code.as_str()).collect();
    let mut parents = borne.values().filter_map(|place| place.parent_code.as_deref());
    if parents.all(|parent| codes.contains(parent)) { Ok(()) } else { Err(Error::NotFound("parent place")) }
}

fn twice(code: &str) -> Error {
    Error::Invalid(vec![Violation {
        pointer: "/places".into(),
        code: "place_code_taken",
        vi: format!("Hai đơn vị hành chính cùng mang mã {code} trong một ngày."),
        en: format!("Two places bear the code {code} on one day."),
    }])
}

async fn write_successors(
    tx: &DatabaseTransaction,
    seeds: &[Located<PlaceSuccessorSeed>],
    report: &mut Report,
) -> Result<(), Error> {
    let codes: BTreeSet<String> =
        places::Entity::find().all(tx).await?.into_iter().map(|row| row.code).collect();
    let there = place_successors::Entity::find().all(tx).await?;
    let mut added = Vec::new();
    for Located { record: seed, .. } in seeds {
        if [&seed.from, &seed.to].iter().any(|code| !codes.contains(*code)) {
            return Err(Error::NotFound("place"));
        }
        let row = place_successors::Model {
            code: seed.from.clone(),
            valid_from: seed.on,
            successor: seed.to.clone(),
            share: key_of(&seed.share)?,
        };
        let same_edge = |old: &&place_successors::Model| {
            (&old.code, old.valid_from, &old.successor) == (&row.code, row.valid_from, &row.successor)
        };
        match there.iter().find(same_edge) {
            None => added.push(row.into_active_model()),
            Some(old) if *old == row => report.unchanged += 1,
            Some(_) => {
                row.into_active_model().reset_all().update(tx).await?;
                report.places_changed += 1;
            }
        }
    }
    report.place_successors_added += u32::try_from(added.len()).unwrap_or(u32::MAX);
    for some in added.chunks(AT_ONCE) {
        place_successors::Entity::insert_many(some.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// The codes of a unit's own record, for the days of the unit.
async fn write_own_codes(tx: &DatabaseTransaction, seeds: &Seeds) -> Result<(), Error> {
    if seeds.units.is_empty() {
        return Ok(());
    }
    let known: BTreeMap<(Uuid, String, NaiveDate), Option<NaiveDate>> = unit_codes::Entity::find()
        .all(tx)
        .await?
        .into_iter()
        .map(|row| ((row.unit_id, row.code, row.valid_from), row.valid_to))
        .collect();
    let named: BTreeSet<&str> = seeds.units.iter().map(|unit| unit.record.code.as_str()).collect();
    let mut added = Vec::new();
    for unit in units::Entity::find().all(tx).await?.iter().filter(|unit| named.contains(&*unit.code)) {
        for row in own_codes(unit) {
            match known.get(&(row.unit_id, row.code.clone(), row.valid_from)) {
                None => added.push(row.into_active_model()),
                Some(valid_to) if *valid_to == row.valid_to => {}
                Some(_) => drop(row.into_active_model().reset_all().update(tx).await?),
            }
        }
    }
    for some in added.chunks(AT_ONCE) {
        unit_codes::Entity::insert_many(some.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn own_codes(unit: &units::Model) -> impl Iterator<Item = unit_codes::Model> {
    let row = |code: &String, scheme: &str| unit_codes::Model {
        unit_id: unit.id,
        code: code.clone(),
        valid_from: unit.valid_from,
        valid_to: unit.valid_to,
        scheme: scheme.into(),
        document: None,
    };
    [Some(row(&unit.code, "new")), unit.old_code.as_ref().map(|old| row(old, "old"))].into_iter().flatten()
}

async fn write_code(tx: &DatabaseTransaction, seed: &UnitCodeSeed, report: &mut Report) -> Result<(), Error> {
    let unit = units::Entity::find().filter(units::Column::Code.eq(&seed.unit)).one(tx).await?;
    let given = Given {
        unit: unit.ok_or(Error::NotFound("unit"))?.id,
        code: seed.code.clone(),
        valid_from: seed.valid_from,
        valid_to: seed.valid_to,
        document: Some(seed.document.clone()),
    };
    if give(tx, &given).await? {
        report.unit_codes_added += 1;
    } else {
        report.unchanged += 1;
    }
    Ok(())
}
