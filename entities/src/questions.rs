//! Questions that citizens put at the national portal: read once, answered in time, the answer told back (wire.md §1.10).

use crate::catalogue::units;
use crate::columns::{from_json, json_of};
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::sealing::Sealer;
use crate::tables::questions::{Column, Entity};
use chrono::{DateTime, Utc};
use rules::access::{Relation, Scope, Sight, Thing, everywhere, scope, sight_at};
use rules::actor::Actor;
use rules::calendar::Calendar;
use rules::jobs::Job;
use rules::local_time::local_date;
use rules::refusal::{Block, Refusal, Violation};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::tables::questions::Model;

/// What was asked and by whom, kept sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The question.
    pub content: String,
    /// Name of who asked, where told.
    pub name: Option<String>,
    /// E-mail, where told.
    pub email: Option<String>,
    /// Telephone, where told.
    pub phone: Option<String>,
}

/// A question as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuestion {
    /// The portal's key.
    pub portal_key: String,
    /// Organisation code of the unit it is put to.
    pub unit_code: String,
    /// Code of the field, where named.
    pub field_code: Option<String>,
    /// National procedure code, where named.
    pub national_code: Option<String>,
    /// The question itself.
    pub asked: Asked,
}

/// Working days to answer (QĐ 766/QĐ-TTg).
const DAYS: usize = 15;

/// Longest answer in characters: what the wire takes (wire.md §1.10).
const LONGEST_ANSWER: usize = 4_000;

/// What became of a question that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// It is here, now or since an earlier reading.
    Kept,
    /// Its key or the code of its unit fits no column: it could never be answered.
    Odd,
}

/// Keeps a question; one that is known already is left as it is. A code of a field or a procedure that is none counts
/// as not named.
pub async fn keep(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    calendar: &Calendar,
    new: NewQuestion,
    at: DateTime<Utc>,
) -> Result<Keeping, Error> {
    if new.portal_key.is_empty() || !fits(&new.portal_key, 100) || !fits(&new.unit_code, 60) {
        return Ok(Keeping::Odd);
    }
    let unit = match units::by_code(tx, &new.unit_code).await {
        Ok(unit) => Some(unit.row.id),
        Err(Error::NotFound(_)) => None,
        Err(error) => return Err(error),
    };
    let first = calendar.next_working_day(local_date(at));
    let mut days = std::iter::successors(Some(first), |day| Some(calendar.next_working_day(*day)));
    let id = Uuid::now_v7();
    let row = Model {
        id,
        asked_sealed: sealer.seal(&owner(id), &json_of(&new.asked)?)?,
        portal_key: new.portal_key,
        unit_code: new.unit_code,
        unit_id: unit,
        field_code: new.field_code.filter(|code| fits(code, 60)),
        national_code: new.national_code.filter(|code| fits(code, 60)),
        state: "open".into(),
        received_at: at,
        due_on: days.nth(DAYS - 1).unwrap_or(first),
        answer: None,
        answered_by: None,
        answered_name: None,
        answered_title: None,
        answered_at: None,
        told_at: None,
    };
    Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::column(Column::PortalKey).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(Keeping::Kept)
}

/// A column of `most` characters takes it; no database keeps a null character in text.
fn fits(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.contains('\0')
}

/// A question by key, for those who may answer it; for others it does not exist.
pub async fn find<C: ConnectionTrait>(db: &C, by: &Actor, id: Uuid) -> Result<Model, Error> {
    let row = by_id(db, id).await?;
    if may_answer(by, &row) { Ok(row) } else { Err(Error::NotFound("question")) }
}

/// A question by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("question"))
}

/// What was asked.
pub fn asked(sealer: &Sealer, row: &Model) -> Result<Asked, Error> {
    from_json("questions.asked", &sealer.open(&owner(row.id), &row.asked_sealed)?)
}

/// Questions that the person may answer, newest first, below `before`; those of a unit nobody knows go to the
/// controllers of procedures.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    by: &Actor,
    (state, before): (&str, Option<Uuid>),
    limit: u64,
) -> Result<Vec<Model>, Error> {
    Ok(query(by, (state, before), limit).all(db).await?)
}

/// The query of a list; public so that the planner can be asked about it.
pub fn query(by: &Actor, (state, before): (&str, Option<Uuid>), limit: u64) -> Select<Entity> {
    let mut query = Entity::find().filter(Column::State.eq(state));
    if let Scope::Units(units) = scope(by, Thing::Questions) {
        query = query.filter(Column::UnitId.is_in(units));
    }
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before));
    }
    query.order_by_desc(Column::Id).limit(limit)
}

/// Answers a question and writes the job that tells the portal. Fails refused when it is answered already.
pub async fn answer(
    tx: &DatabaseTransaction,
    id: Uuid,
    words: &str,
    (by, at, trace): (&Actor, DateTime<Utc>, Option<&str>),
) -> Result<Model, Error> {
    let row = Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    let row = row.filter(|row| may_answer(by, row)).ok_or(Error::NotFound("question"))?;
    let words = words.trim();
    if words.is_empty() || words.chars().count() > LONGEST_ANSWER {
        return Err(Error::Invalid(vec![unfit()]));
    }
    if row.state != "open" {
        return Err(answered());
    }
    let mut job = NewJob::new(Job::TellAnswer { question: id }, at);
    job.cause = Some(format!("question:{id}"));
    job.traceparent = trace.map(Into::into);
    if let Some(rows) = jobs::insert(vec![job], at)? {
        tx.execute(&rows).await?;
    }
    let mut row = row.into_active_model();
    row.state = Set("answered".into());
    row.answer = Set(Some(words.to_owned()));
    row.answered_by = Set(Some(by.subject.clone()));
    row.answered_name = Set(Some(by.name.clone()));
    row.answered_title = Set(Some(by.title.clone()));
    row.answered_at = Set(Some(at));
    Ok(row.update(tx).await?)
}

/// The portal has taken the answer.
pub async fn told(tx: &DatabaseTransaction, id: Uuid, at: DateTime<Utc>) -> Result<(), Error> {
    let open = Condition::all().add(Column::Id.eq(id)).add(Column::State.eq("answered"));
    let change = Entity::update_many().filter(open);
    change
        .col_expr(Column::State, "told".into())
        .col_expr(Column::ToldAt, sea_orm::sea_query::Expr::value(at))
        .exec(tx)
        .await?;
    Ok(())
}

fn may_answer(by: &Actor, row: &Model) -> bool {
    let there = |unit| sight_at(by, Thing::Questions, (Relation::Unit, unit)) == Sight::Full;
    everywhere(by, Thing::Questions) == Sight::Full || row.unit_id.is_some_and(there)
}

fn owner(id: Uuid) -> String {
    format!("question:{id}")
}

fn unfit() -> Violation {
    Violation {
        pointer: "/answer".into(),
        code: "length",
        vi: format!("Câu trả lời có từ 1 đến {LONGEST_ANSWER} ký tự."),
        en: format!("An answer has 1 to {LONGEST_ANSWER} characters."),
    }
}

fn answered() -> Error {
    let block = Block {
        code: "question_answered",
        vi: "Câu hỏi này đã được trả lời.".into(),
        en: "This question has been answered.".into(),
        legal_basis: None,
    };
    Refusal { act: "answer_question", status: None, blocked_by: vec![block], allowed: Vec::new() }.into()
}
