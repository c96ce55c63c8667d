//! Writes a read catalogue into the office's memory, once or again.

pub use super::report::Report;

use super::{Located, ProcedureSeed, Seeds, SuccessorSeed, UnitSeed, digitising, placing};
use crate::catalogue::calendars::CalendarState;
use crate::columns::{json_of, key_of};
use crate::error::Error;
use crate::tables::{calendars, procedure_revisions, procedures, unit_successors, units};
use rules::calendar::CalendarFile;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Codes of the units in the database, for [`super::reading::read_all`].
pub async fn known_units<C: sea_orm::ConnectionTrait>(db: &C) -> Result<BTreeSet<String>, Error> {
    Ok(units::Entity::find().all(db).await?.into_iter().map(|unit| unit.code).collect())
}

/// Writes the seeds; a dry run is the same call followed by a rollback of `tx`.
///
/// Doing it twice changes nothing the second time. A procedure that says something else gets a new
/// revision; a written revision is never edited, for dossiers keep the one they were received under.
/// Errors: [`Error::Invalid`] for a calendar version that is there with other days: it needs a higher
/// version (W-17), and for a code that two places or units have on one day; [`Error::NotFound`] for a parent or
/// successor that exists nowhere.
pub async fn import(tx: &DatabaseTransaction, seeds: &Seeds) -> Result<Report, Error> {
    let mut report = Report::default();
    write_units(tx, &seeds.units, &mut report).await?;
    write_successors(tx, &seeds.successors, &mut report).await?;
    placing::write(tx, seeds, &mut report).await?;
    write_procedures(tx, &seeds.procedures, &mut report).await?;
    for calendar in &seeds.calendars {
        write_calendar(tx, &calendar.record, &mut report).await?;
    }
    digitising::write(tx, seeds, &mut report).await?;
    Ok(report)
}

/// Parents come before their children whatever the order of the files.
async fn write_units(
    tx: &DatabaseTransaction,
    seeds: &[Located<UnitSeed>],
    report: &mut Report,
) -> Result<(), Error> {
    let mut there: HashMap<String, units::Model> =
        units::Entity::find().all(tx).await?.into_iter().map(|row| (row.code.clone(), row)).collect();
    let mut waiting: Vec<&UnitSeed> = seeds.iter().map(|unit| &unit.record).collect();
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut later = Vec::new();
        for seed in waiting {
            let parent = seed.parent.as_ref().map(|code| there.get(code).map(|row| row.id));
            match parent {
                Some(None) => later.push(seed),
                parent => {
                    let row = write_unit(tx, seed, parent.flatten(), there.get(&seed.code), report).await?;
                    there.insert(seed.code.clone(), row);
                }
            }
        }
        if later.len() == before {
            return Err(Error::NotFound("parent unit"));
        }
        waiting = later;
    }
    Ok(())
}

async fn write_unit(
    tx: &DatabaseTransaction,
    seed: &UnitSeed,
    parent_id: Option<Uuid>,
    there: Option<&units::Model>,
    report: &mut Report,
) -> Result<units::Model, Error> {
    let row = unit_row(seed, parent_id, there.map_or_else(Uuid::now_v7, |row| row.id))?;
    match there {
        None => {
            units::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
            report.units_added += 1;
        }
        Some(old) if *old == row => report.unchanged += 1,
        Some(_) => {
            row.clone().into_active_model().reset_all().update(tx).await?;
            report.units_changed += 1;
        }
    }
    Ok(row)
}

fn unit_row(seed: &UnitSeed, parent_id: Option<Uuid>, id: Uuid) -> Result<units::Model, Error> {
    Ok(units::Model {
        id,
        code: seed.code.clone(),
        old_code: seed.old_code.clone(),
        name: seed.name.clone(),
        name_folded: rules::folding::fold(&seed.name),
        tier: key_of(&seed.tier)?,
        parent_id,
        place_code: Some(seed.place_code.clone()),
        office_hours: json_of(&seed.office_hours)?,
        receives: seed.receives,
        contact: seed.contact.clone(),
        valid_from: seed.valid_from,
        valid_to: seed.valid_to,
    })
}

async fn write_successors(
    tx: &DatabaseTransaction,
    seeds: &[Located<SuccessorSeed>],
    report: &mut Report,
) -> Result<(), Error> {
    let there: BTreeSet<(Uuid, Uuid)> = unit_successors::Entity::find()
        .all(tx)
        .await?
        .into_iter()
        .map(|edge| (edge.unit_id, edge.successor_id))
        .collect();
    let units: HashMap<String, units::Model> =
        units::Entity::find().all(tx).await?.into_iter().map(|row| (row.code.clone(), row)).collect();
    let unit = |code: &str| units.get(code).ok_or(Error::NotFound("unit"));
    let mut added = Vec::new();
    for Located { record: seed, .. } in seeds {
        let (from, to) = (unit(&seed.from)?, unit(&seed.to)?);
        if there.contains(&(from.id, to.id)) {
            report.unchanged += 1;
            continue;
        }
        let edge =
            unit_successors::Model { unit_id: from.id, successor_id: to.id, valid_from: to.valid_from };
        added.push(edge.into_active_model());
        report.successors_added += 1;
    }
    for some in added.chunks(100) {
        unit_successors::Entity::insert_many(some.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Older revisions first, so that the newest has the highest number.
async fn write_procedures(
    tx: &DatabaseTransaction,
    seeds: &[Located<ProcedureSeed>],
    report: &mut Report,
) -> Result<(), Error> {
    let mut seeds: Vec<&ProcedureSeed> = seeds.iter().map(|procedure| &procedure.record).collect();
    seeds.sort_by_key(|seed| seed.valid_from);
    for seed in seeds {
        write_procedure(tx, seed, report).await?;
    }
    Ok(())
}

async fn write_procedure(
    tx: &DatabaseTransaction,
    seed: &ProcedureSeed,
    report: &mut Report,
) -> Result<(), Error> {
    let there = procedures::Entity::find()
        .filter(procedures::Column::NationalCode.eq(&seed.national_code))
        .one(tx)
        .await?;
    let row = procedure_row(seed, there.as_ref().map_or_else(Uuid::now_v7, |row| row.id));
    let revisions = procedure_revisions::Entity::find()
        .filter(procedure_revisions::Column::ProcedureId.eq(row.id))
        .order_by_desc(procedure_revisions::Column::Number)
        .all(tx)
        .await?;
    let written = revision_row(seed, row.id, revisions.first().map_or(1, |newest| newest.number + 1))?;
    let same_day = revisions.iter().find(|r| r.valid_from == seed.valid_from);
    if same_day.is_some_and(|r| r.digest == written.digest && r.valid_to == written.valid_to) {
        report.unchanged += 1;
        return Ok(());
    }
    if there.is_none() {
        procedures::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
        report.procedures_added += 1;
    } else if revisions.iter().all(|r| r.valid_from <= seed.valid_from) {
        row.into_active_model().reset_all().update(tx).await?;
    }
    procedure_revisions::Entity::insert(written.into_active_model()).exec_without_returning(tx).await?;
    report.revisions_added += 1;
    Ok(())
}

fn procedure_row(seed: &ProcedureSeed, id: Uuid) -> procedures::Model {
    procedures::Model {
        id,
        national_code: seed.national_code.clone(),
        name: seed.revision.name.clone(),
        name_folded: rules::folding::fold(&seed.revision.name),
        field_code: seed.revision.field.code.clone(),
    }
}

fn revision_row(
    seed: &ProcedureSeed,
    procedure_id: Uuid,
    number: i32,
) -> Result<procedure_revisions::Model, Error> {
    let content = json_of(&seed.revision)?;
    Ok(procedure_revisions::Model {
        id: Uuid::now_v7(),
        procedure_id,
        number,
        valid_from: seed.valid_from,
        valid_to: seed.valid_to,
        digest: hex::encode(Sha256::digest(&content)),
        content,
    })
}

async fn write_calendar(
    tx: &DatabaseTransaction,
    file: &CalendarFile,
    report: &mut Report,
) -> Result<(), Error> {
    let version = i32::try_from(file.version).map_err(|e| Error::damaged("calendar version", e))?;
    let there = calendars::Entity::find()
        .filter(calendars::Column::Name.eq(&file.name))
        .filter(calendars::Column::Version.eq(version))
        .one(tx)
        .await?;
    let content = json_of(file)?;
    match there {
        Some(row) if row.content == content && row.state == CalendarState::Adopted.key() => {
            report.unchanged += 1;
        }
        Some(_) => return Err(changed_calendar(file)),
        None => {
            let row = calendars::Model {
                id: Uuid::now_v7(),
                name: file.name.clone(),
                version,
                valid_from: file.valid_from,
                valid_to: file.valid_to,
                content,
                state: CalendarState::Adopted.key().into(),
                row_version: 1,
                based_on: None,
                created_at: None,
                created_by: None,
                created_name: None,
                adopted_at: None,
                adopted_by: None,
                adopted_name: None,
                reason: None,
            };
            calendars::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
            report.calendars_added += 1;
        }
    }
    Ok(())
}

fn changed_calendar(file: &CalendarFile) -> Error {
    let (name, version) = (&file.name, file.version);
    Error::Invalid(vec![rules::refusal::Violation {
        pointer: "/calendars".into(),
        code: "calendar_version_taken",
        vi: format!("Lịch {name} phiên bản {version} đã có với nội dung khác; hãy tăng số phiên bản."),
        en: format!(
            "Version {version} of calendar {name} is there with other days; give it a higher version."
        ),
    }])
}
