//! A reading of the national catalogue: the lists first, then procedure by procedure, each a job of its own.

use crate::columns::{from_json, json_of};
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::tables::national_lines::{Column, Entity, Model as Line};
use crate::tables::{catalogue_pulls, procedures, pulled_procedures};
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use rules::codes::ProcedureCode;
use rules::jobs::Job;
use rules::refusal::Violation;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

pub use crate::tables::catalogue_pulls::Model;

/// The national lists as they were read, each line a code, a name and what else is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists {
    /// Code and name of each procedure.
    pub procedures: Vec<(String, String)>,
    /// Code, name and level of each agency.
    pub agencies: Vec<(String, String, String)>,
    /// Code, name and sector of each field.
    pub fields: Vec<(String, String, String)>,
}

/// Key of the list of procedures.
pub const PROCEDURES: &str = "procedures";

/// Key of the list of agencies.
pub const AGENCIES: &str = "agencies";

/// Key of the list of fields.
pub const FIELDS: &str = "fields";

/// Most codes that a person may ask for at once.
const MOST_CODES: usize = 200;

/// Rows written by one statement; far below what both engines bind.
const TOGETHER: usize = 200;

/// Asks for a reading: of `codes`, or of every procedure that is known here when there are none.
///
/// Fails as invalid for a text that is no national code, or for too many.
pub async fn ask(
    tx: &DatabaseTransaction,
    codes: &[String],
    (by, at, trace): (&Actor, DateTime<Utc>, Option<&str>),
) -> Result<Model, Error> {
    let wrong: Vec<Violation> =
        codes.iter().enumerate().filter_map(|(n, code)| not_a_code(n, code)).collect();
    if !wrong.is_empty() || codes.len() > MOST_CODES {
        return Err(Error::Invalid(if wrong.is_empty() { vec![too_many()] } else { wrong }));
    }
    let row = begin(tx, Uuid::now_v7(), codes, by, at).await?;
    let mut job = NewJob::new(Job::PullCatalogue { pull: Some(row.id) }, at);
    job.cause = Some(format!("pull:{}", row.id));
    job.traceparent = trace.map(Into::into);
    if let Some(rows) = jobs::insert(vec![job], at)? {
        tx.execute(&rows).await?;
    }
    Ok(row)
}

/// Writes the row of a reading; a reading that has begun already is left as it is.
pub async fn begin(
    tx: &DatabaseTransaction,
    id: Uuid,
    codes: &[String],
    by: &Actor,
    at: DateTime<Utc>,
) -> Result<Model, Error> {
    if let Some(there) = catalogue_pulls::Entity::find_by_id(id).one(tx).await? {
        return Ok(there);
    }
    let row = Model {
        id,
        codes: json_of(&codes)?,
        asked_by: by.subject.clone(),
        asked_name: by.name.clone(),
        asked_at: at,
        listed: None,
        to_read: None,
        listed_at: None,
    };
    catalogue_pulls::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    Ok(row)
}

/// Keeps the lists and writes a job for each procedure to be read; done once, however often it is called.
pub async fn listed(
    tx: &DatabaseTransaction,
    pull: Uuid,
    lists: &Lists,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = catalogue_pulls::Entity::find_by_id(pull).lock_exclusive().one(tx).await?;
    let row = row.ok_or(Error::NotFound("catalogue pull"))?;
    if row.listed_at.is_some() {
        return Ok(());
    }
    keep(tx, lists, at).await?;
    let codes = to_read(tx, &row, lists).await?;
    let jobs = codes.iter().map(|code| NewJob {
        cause: Some(format!("pull:{pull}")),
        unique_key: Some(format!("pull:{pull}:{code}")),
        ..NewJob::new(Job::PullProcedure { pull, code: code.clone() }, at)
    });
    for part in jobs.collect::<Vec<_>>().chunks(TOGETHER) {
        if let Some(rows) = jobs::insert(part.to_vec(), at)? {
            tx.execute(&rows).await?;
        }
    }
    let mut row = row.into_active_model();
    row.listed = Set(Some(i32::try_from(lists.procedures.len()).unwrap_or(i32::MAX)));
    row.to_read = Set(Some(i32::try_from(codes.len()).unwrap_or(i32::MAX)));
    row.listed_at = Set(Some(at));
    row.update(tx).await?;
    Ok(())
}

/// What became of a procedure of a reading; said once.
pub async fn read(
    tx: &DatabaseTransaction,
    (pull, code): (Uuid, &str),
    (outcome, draft): (&str, Option<Uuid>),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = pulled_procedures::Model {
        pull_id: pull,
        national_code: code.to_owned(),
        outcome: outcome.to_owned(),
        draft_id: draft,
        at,
    };
    pulled_procedures::Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// A reading and how many of its procedures came to which end.
pub async fn find<C: ConnectionTrait>(db: &C, pull: Uuid) -> Result<(Model, BTreeMap<String, i64>), Error> {
    let row = catalogue_pulls::Entity::find_by_id(pull).one(db).await?;
    let row = row.ok_or(Error::NotFound("catalogue pull"))?;
    let ends = pulled_procedures::Entity::find()
        .select_only()
        .column(pulled_procedures::Column::Outcome)
        .column_as(pulled_procedures::Column::NationalCode.count(), "read")
        .filter(pulled_procedures::Column::PullId.eq(pull))
        .group_by(pulled_procedures::Column::Outcome)
        .into_tuple::<(String, i64)>();
    Ok((row, ends.all(db).await?.into_iter().collect()))
}

/// Readings, newest first, below `before`.
pub async fn list<C: ConnectionTrait>(db: &C, before: Option<Uuid>, limit: u64) -> Result<Vec<Model>, Error> {
    let mut query = catalogue_pulls::Entity::find();
    if let Some(before) = before {
        query = query.filter(catalogue_pulls::Column::Id.lt(before));
    }
    Ok(query.order_by_desc(catalogue_pulls::Column::Id).limit(limit).all(db).await?)
}

fn not_a_code(place: usize, code: &str) -> Option<Violation> {
    ProcedureCode::parse(code).err().map(|_| Violation {
        pointer: format!("/codes/{place}"),
        code: "code_malformed",
        vi: "Không phải mã thủ tục quốc gia.".into(),
        en: "This is no national procedure code.".into(),
    })
}

fn too_many() -> Violation {
    Violation {
        pointer: "/codes".into(),
        code: "too_many",
        vi: format!("Mỗi lần không quá {MOST_CODES} thủ tục."),
        en: format!("At most {MOST_CODES} procedures at a time."),
    }
}

// Those that were asked for; else those of the list that are known here, so that nothing unknown is drafted unasked.
async fn to_read(tx: &DatabaseTransaction, row: &Model, lists: &Lists) -> Result<Vec<String>, Error> {
    let asked: Vec<String> = from_json("catalogue_pulls.codes", &row.codes)?;
    if !asked.is_empty() {
        return Ok(asked);
    }
    let known = procedures::Entity::find().all(tx).await?;
    let known: BTreeSet<String> = known.into_iter().map(|row| row.national_code).collect();
    let listed: BTreeSet<&String> = lists.procedures.iter().map(|(code, _)| code).collect();
    Ok(known.into_iter().filter(|code| listed.contains(code)).collect())
}

async fn keep(tx: &DatabaseTransaction, lists: &Lists, at: DateTime<Utc>) -> Result<(), Error> {
    let procedures = lists.procedures.iter().map(|(code, name)| (PROCEDURES, code, name, ""));
    let agencies = lists.agencies.iter().map(|(code, name, level)| (AGENCIES, code, name, level.as_str()));
    let fields = lists.fields.iter().map(|(code, name, sector)| (FIELDS, code, name, sector.as_str()));
    let fits = |code: &str, name: &str| !code.is_empty() && code.chars().count() <= 60 && !name.is_empty();
    // One row a code, the last said: a statement may not touch a row twice.
    let rows: BTreeMap<(&str, String), Line> = procedures
        .chain(agencies)
        .chain(fields)
        .filter(|(_, code, name, _)| fits(code, name))
        .map(|(list, code, name, detail)| ((list, code.clone()), line(list, (code, name, detail), at)))
        .collect();
    let again = OnConflict::columns([Column::List, Column::Code])
        .update_columns([Column::Name, Column::Detail, Column::SeenAt])
        .to_owned();
    for part in rows.into_values().collect::<Vec<_>>().chunks(TOGETHER) {
        let rows = part.iter().cloned().map(IntoActiveModel::into_active_model);
        Entity::insert_many(rows).on_conflict(again.clone()).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn line(list: &str, (code, name, detail): (&str, &str, &str), at: DateTime<Utc>) -> Line {
    Line {
        list: list.to_owned(),
        code: code.to_owned(),
        name: name.chars().take(1_000).collect(),
        detail: detail.chars().take(60).collect(),
        seen_at: at,
    }
}
