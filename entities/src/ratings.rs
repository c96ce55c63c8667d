//! How satisfied people were: once a dossier, by the person it belongs to, counted by month (QĐ 766/QĐ-TTg).

use crate::columns::from_key;
use crate::dossiers::is_own;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers;
use crate::tables::ratings::{Column, Entity, Model};
use crate::tables::satisfaction_months as months;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use rules::actor::Actor;
use rules::local_time::{instant, local_date};
use rules::refusal::{Block, Refusal, Violation};
use rules::status::Status;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    Select,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;
use uuid::Uuid;

/// The three answers the national portal counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Score {
    /// Rất hài lòng.
    VerySatisfied,
    /// Hài lòng.
    Satisfied,
    /// Chưa hài lòng.
    Dissatisfied,
}

/// What was said about one procedure at one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard {
    /// How often each answer was given.
    pub scores: BTreeMap<Score, u32>,
    /// What was said beside it, without names.
    pub opinions: Vec<String>,
}

/// Longest opinion, in characters.
const LONGEST_OPINION: usize = 1_000;

const ACT: &str = "rating";

/// Takes a rating. For others than the person of the dossier there is none to give.
///
/// Fails as invalid for an opinion that is too long, refused before the office has ended its work and a second time.
pub async fn give(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    (dossier, national_code): (&dossiers::Model, &str),
    (score, opinion): (Score, Option<&str>),
    (by, at): (&Actor, DateTime<Utc>),
) -> Result<Model, Error> {
    if !is_own(dossier, by, sealer) {
        return Err(Error::NotFound("dossier"));
    }
    let opinion = opinion.map(str::trim).filter(|text| !text.is_empty());
    if opinion.is_some_and(|text| text.chars().count() > LONGEST_OPINION) {
        return Err(Error::Invalid(vec![too_long()]));
    }
    let ended = [Status::Returned, Status::Refused, Status::Stopped, Status::Withdrawn];
    if !ended.iter().any(|status| status.key() == dossier.status) {
        return Err(refused(
            dossier,
            "work_not_ended",
            "Chỉ đánh giá khi cơ quan đã giải quyết xong hồ sơ.",
            "A rating is given when the office has ended its work.",
        ));
    }
    let row = Model {
        dossier_id: dossier.id,
        unit_id: dossier.authority_id,
        national_code: national_code.to_owned(),
        score: crate::columns::key_of(&score)?,
        opinion_sealed: opinion.map(|text| sealer.seal(&owner(dossier.id), text)).transpose()?,
        given_at: at,
    };
    let insert = Entity::insert(row.clone().into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned());
    if insert.exec_without_returning(tx).await? == 0 {
        return Err(refused(
            dossier,
            "rating_given",
            "Hồ sơ này đã được đánh giá.",
            "This dossier has been rated.",
        ));
    }
    Ok(row)
}

/// What was said in a month, by national code and unit; of one unit when it is named.
pub async fn of_month<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    (year, month): (i32, u32),
    unit: Option<Uuid>,
) -> Result<BTreeMap<(String, Uuid), Heard>, Error> {
    let mut heard: BTreeMap<(String, Uuid), Heard> = BTreeMap::new();
    for row in query((year, month), unit).all(db).await? {
        let score: Score = from_key("ratings.score", &row.score)?;
        let line = heard.entry((row.national_code, row.unit_id)).or_default();
        let count = line.scores.entry(score).or_default();
        *count = count.saturating_add(1);
        if let Some(sealed) = &row.opinion_sealed {
            line.opinions.push(sealer.open(&owner(row.dossier_id), sealed)?);
        }
    }
    Ok(heard)
}

/// The query of a month; public so that the planner can be asked about it.
pub fn query((year, month): (i32, u32), unit: Option<Uuid>) -> Select<Entity> {
    let first = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MAX);
    let (next_year, next_month) = following((year, month));
    let midnight = |day: NaiveDate| instant(day.and_time(NaiveTime::MIN));
    let mut query = Entity::find();
    if let Some(unit) = unit {
        query = query.filter(Column::UnitId.eq(unit));
    }
    query
        .filter(Column::GivenAt.gte(midnight(first(year, month))))
        .filter(Column::GivenAt.lt(midnight(first(next_year, next_month))))
        .order_by_asc(Column::GivenAt)
}

/// The months with a rating that have ended before `today` and that the national portal has not been told, oldest first.
pub async fn untold<C: ConnectionTrait>(db: &C, today: NaiveDate) -> Result<Vec<(i32, u32)>, Error> {
    let Some(first) = Entity::find().order_by_asc(Column::GivenAt).one(db).await? else {
        return Ok(Vec::new());
    };
    let told = months::Entity::find().all(db).await?;
    let told: BTreeSet<String> = told.into_iter().map(|row| row.month).collect();
    let this_month = (today.year(), today.month());
    let first = local_date(first.given_at);
    let all = successors(Some((first.year(), first.month())), |month| Some(following(*month)));
    Ok(all
        .take_while(|month| *month < this_month)
        .filter(|month| !told.contains(&key_of_month(*month)))
        .collect())
}

/// The month after.
fn following((year, month): (i32, u32)) -> (i32, u32) {
    if month == 12 { (year.saturating_add(1), 1) } else { (year, month.saturating_add(1)) }
}

fn key_of_month((year, month): (i32, u32)) -> String {
    format!("{year:04}-{month:02}")
}

/// Remembers that the national portal has been told a month.
pub async fn told(
    tx: &DatabaseTransaction,
    month: (i32, u32),
    answer: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = months::Model { month: key_of_month(month), told_at: at, answer: answer.to_owned() };
    months::Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

fn owner(dossier: Uuid) -> String {
    format!("rating:{dossier}")
}

fn too_long() -> Violation {
    Violation {
        pointer: "/opinion".into(),
        code: "length",
        vi: format!("Ý kiến không quá {LONGEST_OPINION} ký tự."),
        en: format!("An opinion has at most {LONGEST_OPINION} characters."),
    }
}

fn refused(dossier: &dossiers::Model, code: &'static str, vi: &str, en: &str) -> Error {
    let block = Block { code, vi: vi.into(), en: en.into(), legal_basis: None };
    let status = Status::from_key(&dossier.status);
    Refusal { act: ACT, status, blocked_by: vec![block], allowed: Vec::new() }.into()
}
