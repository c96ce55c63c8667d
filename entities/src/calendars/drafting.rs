//! Drafts of a new version of the calendar: begun from an adopted one, edited, thrown away.

use super::refusals;
use crate::catalogue::calendars::{self, CalendarState, Column, Entity, Model, NAME};
use crate::columns::json_of;
use crate::error::Error;
use chrono::{DateTime, NaiveDate, Utc};
use rules::actor::Actor;
use rules::calendar::{CalendarFile, MarkedDay};
use rules::refusal::Violation;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

/// What an editor says the calendar should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The version it was edited from.
    pub based_on: i32,
    /// First day it speaks of.
    pub valid_from: NaiveDate,
    /// Last day it speaks of.
    pub valid_to: NaiveDate,
    /// Rest days.
    pub off: Vec<MarkedDay>,
    /// Days worked instead.
    pub work: Vec<MarkedDay>,
}

/// Begins a draft under the next free version. Fails as invalid with everything that is wrong.
pub async fn begin(
    tx: &DatabaseTransaction,
    draft: Draft,
    by: &Actor,
    at: DateTime<Utc>,
) -> Result<Model, Error> {
    alone(tx).await?;
    let last = calendars::list(tx, None, 1).await?.pop().ok_or(Error::NotFound("calendar"))?;
    let version = last.version + 1;
    let row = Model {
        id: Uuid::now_v7(),
        name: NAME.into(),
        version,
        valid_from: draft.valid_from,
        valid_to: draft.valid_to,
        based_on: Some(draft.based_on),
        content: content(tx, draft, version).await?,
        state: CalendarState::Draft.key().into(),
        row_version: 1,
        created_at: Some(at),
        created_by: Some(by.subject.clone()),
        created_name: Some(by.name.clone()),
        adopted_at: None,
        adopted_by: None,
        adopted_name: None,
        reason: None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    Ok(row)
}

/// Writes a draft anew. Fails as stale, as invalid, or refused when it is adopted.
pub async fn replace(
    tx: &DatabaseTransaction,
    version: i32,
    seen: Option<i32>,
    draft: Draft,
) -> Result<Model, Error> {
    let before = editable(tx, "replacement", version, seen).await?;
    let after = Model {
        valid_from: draft.valid_from,
        valid_to: draft.valid_to,
        based_on: Some(draft.based_on),
        content: content(tx, draft, version).await?,
        row_version: before.row_version + 1,
        ..before.clone()
    };
    let mut row = before.into_active_model();
    row.valid_from = Set(after.valid_from);
    row.valid_to = Set(after.valid_to);
    row.based_on = Set(after.based_on);
    row.content = Set(after.content.clone());
    row.row_version = Set(after.row_version);
    row.update(tx).await?;
    Ok(after)
}

/// Throws a draft away. Fails as stale, or refused when it is adopted.
pub async fn remove(tx: &DatabaseTransaction, version: i32, seen: Option<i32>) -> Result<(), Error> {
    let draft = editable(tx, "removal", version, seen).await?;
    Entity::delete_by_id(draft.id).exec(tx).await?;
    Ok(())
}

/// One editor at a time counts versions and adopts them: the row of the first version is the lock.
pub(super) async fn alone(tx: &DatabaseTransaction) -> Result<(), Error> {
    let first = Entity::find().filter(Column::Name.eq(NAME)).order_by_asc(Column::Version);
    first.lock_exclusive().one(tx).await?.ok_or(Error::NotFound("calendar"))?;
    Ok(())
}

/// The row of a draft as the editor saw it, locked.
pub(super) async fn editable(
    tx: &DatabaseTransaction,
    act: &'static str,
    version: i32,
    seen: Option<i32>,
) -> Result<Model, Error> {
    let found = Entity::find().filter(Column::Name.eq(NAME)).filter(Column::Version.eq(version));
    let row = found.lock_exclusive().one(tx).await?.ok_or(Error::NotFound("calendar"))?;
    if row.state == CalendarState::Adopted.key() {
        return Err(refusals::adopted(act, version));
    }
    if seen.is_some_and(|seen| seen != row.row_version) {
        return Err(Error::Stale);
    }
    Ok(row)
}

/// The text of a draft that can be counted with; days in the order of the year.
async fn content<C: ConnectionTrait>(db: &C, draft: Draft, version: i32) -> Result<String, Error> {
    let base = calendars::find(db, draft.based_on).await;
    let base = base.ok().filter(|row| row.state == CalendarState::Adopted.key());
    let Draft { valid_from, valid_to, off, work, .. } = draft;
    let version = u32::try_from(version).map_err(|e| Error::damaged("calendars.version", e))?;
    let mut file = CalendarFile { name: NAME.into(), version, valid_from, valid_to, off, work };
    let mut wrong: Vec<Violation> = file.problems().iter().map(|problem| said(&file, problem)).collect();
    wrong.extend(long_words(&file));
    wrong.extend(too_long(&file));
    file.off.sort_by_key(|day| day.date);
    file.work.sort_by_key(|day| day.date);
    match base {
        None => wrong.push(unknown_base()),
        Some(base) if same(&calendars::file(&base)?, &file) => wrong.push(unchanged(base.version)),
        Some(_) => {}
    }
    if wrong.is_empty() { json_of(&file) } else { Err(Error::Invalid(wrong)) }
}

fn said(file: &CalendarFile, problem: &rules::calendar::CalendarProblem) -> Violation {
    use rules::lang::Lang;
    let (vi, en) = (problem.words(Lang::Vi), problem.words(Lang::En));
    Violation { pointer: file.pointer(problem), code: problem.code(), vi, en }
}

/// Longest reason or name of a document, in characters.
const LONGEST_WORDS: usize = 300;

fn long_words(file: &CalendarFile) -> impl Iterator<Item = Violation> {
    let lists = [("off", &file.off), ("work", &file.work)];
    let days =
        lists.into_iter().flat_map(|(list, days)| days.iter().enumerate().map(move |(n, d)| (list, n, d)));
    let texts = days.flat_map(|(list, n, day)| {
        let texts =
            [("reason_vi", &day.reason_vi), ("reason_en", &day.reason_en), ("document", &day.document)];
        texts.map(|(name, text)| (format!("/{list}/{n}/{name}"), text))
    });
    let long = |text: &str| text.chars().count() > LONGEST_WORDS || text.chars().any(char::is_control);
    texts.filter(move |(_, text)| long(text)).map(|(pointer, _)| Violation {
        pointer,
        code: "length",
        vi: "Không quá 300 ký tự trên một dòng.".into(),
        en: "At most 300 characters on one line.".into(),
    })
}

/// Most days a calendar may speak of; nobody knows the holidays of a generation.
const LONGEST_VALIDITY: i64 = 20 * 366;

fn too_long(file: &CalendarFile) -> Option<Violation> {
    let days = file.valid_to.signed_duration_since(file.valid_from).num_days();
    (days > LONGEST_VALIDITY).then(|| Violation {
        pointer: "/valid_to".into(),
        code: "validity_too_long",
        vi: "Lịch có hiệu lực không quá 20 năm.".into(),
        en: "A calendar speaks of at most 20 years.".into(),
    })
}

fn same(base: &CalendarFile, file: &CalendarFile) -> bool {
    let sorted = |days: &[MarkedDay]| {
        let mut days = days.to_vec();
        days.sort_by_key(|day| day.date);
        days
    };
    (base.valid_from, base.valid_to) == (file.valid_from, file.valid_to)
        && sorted(&base.off) == file.off
        && sorted(&base.work) == file.work
}

fn unknown_base() -> Violation {
    Violation {
        pointer: "/based_on".into(),
        code: "calendar_unknown",
        vi: "Bản nháp phải dựa trên một phiên bản đã ban hành.".into(),
        en: "A draft is based on an adopted version.".into(),
    }
}

fn unchanged(version: i32) -> Violation {
    Violation {
        pointer: String::new(),
        code: "calendar_unchanged",
        vi: format!("Nội dung không khác phiên bản {version}."),
        en: format!("It says the same as version {version}."),
    }
}
