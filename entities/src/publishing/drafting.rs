//! Drafts of revisions: made by the machine of what is published, finished by a person, thrown away or adopted.

use super::newest::newest;
use super::refusals;
use crate::catalogue::Catalogue;
use crate::columns::{from_json, json_of};
use crate::error::Error;
use crate::tables::revision_drafts::{Column, Entity};
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use rules::procedure::Revision;
use rules::published::{Difference, Merged, PublishedProcedure, Remark, differences, merge};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

pub use crate::tables::revision_drafts::Model;

/// What became of a published procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// It says what the newest revision here says, or what a person has decided on before.
    Unchanged,
    /// A draft was made or made anew.
    Drafted(Uuid),
    /// A person is at work on the draft; it is left to them.
    Kept(Uuid),
}

/// A draft with what a person reads in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The row.
    pub row: Model,
    /// What the draft says.
    pub revision: Revision,
    /// What it changes; everything for a procedure new here.
    pub differences: Vec<Difference>,
    /// What the machine did not decide.
    pub remarks: Vec<Remark>,
}

/// Draws a draft out of what is published; one open draft a procedure.
pub async fn draw(
    tx: &DatabaseTransaction,
    catalogue: &Catalogue,
    published: &PublishedProcedure,
    at: DateTime<Utc>,
) -> Result<Drawn, Error> {
    // Also one of a day to come: a draft of anything older could never be adopted.
    let current = match newest(tx, &published.code).await? {
        Some(row) => Some(catalogue.revision(tx, row.id).await?),
        None => None,
    };
    let based_on = current.as_ref().map(|revised| revised.id);
    let said = json_of(published)?;
    let last = Entity::find().filter(Column::NationalCode.eq(&published.code)).order_by_desc(Column::Id);
    let last = last.lock_exclusive().one(tx).await?;
    if let Some(row) = last.as_ref().filter(|row| row.state == "draft" && row.changed_name.is_some()) {
        return Ok(Drawn::Kept(row.id));
    }
    // What a person has adopted or thrown away is not put before them again, until another revision comes between.
    let stands =
        |row: &Model| based_on == row.based_on || (based_on.is_some() && based_on == row.revision_id);
    if last.as_ref().is_some_and(|row| row.published == said && stands(row)) {
        return Ok(Drawn::Unchanged);
    }
    let merged = merge(published, current.as_ref().map(|revised| &revised.content));
    let same =
        current.as_ref().is_some_and(|revised| differences(&revised.content, &merged.revision).is_empty());
    if same && merged.remarks.is_empty() {
        return Ok(Drawn::Unchanged);
    }
    let open = last.filter(|row| row.state == "draft");
    write(tx, open, &published.code, (&merged, said, based_on), at).await.map(Drawn::Drafted)
}

/// A draft as a person reads it.
pub async fn read<C: ConnectionTrait>(db: &C, catalogue: &Catalogue, id: Uuid) -> Result<Read, Error> {
    let row = Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("revision draft"))?;
    let revision: Revision = from_json("revision_drafts.content", &row.content)?;
    let before = match row.based_on {
        Some(id) => catalogue.revision(db, id).await?.content.clone(),
        None => nothing(&row)?,
    };
    Ok(Read {
        differences: differences(&before, &revision),
        remarks: from_json("revision_drafts.remarks", &row.remarks)?,
        revision,
        row,
    })
}

/// Drafts in a state, newest first, below `before`.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    state: &str,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, Error> {
    let mut query = Entity::find().filter(Column::State.eq(state));
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before));
    }
    Ok(query.order_by_desc(Column::Id).limit(limit).all(db).await?)
}

/// Writes what a person made of a draft; it is theirs from then on. Fails as stale, or refused when it has ended.
pub async fn replace(
    tx: &DatabaseTransaction,
    id: Uuid,
    seen: Option<i32>,
    revision: &Revision,
    (by, at): (&Actor, DateTime<Utc>),
) -> Result<Model, Error> {
    let row = open(tx, "replacement", id, seen).await?;
    let version = row.version + 1;
    let mut row = row.into_active_model();
    row.content = Set(json_of(revision)?);
    row.changed_at = Set(at);
    row.changed_name = Set(Some(by.name.clone()));
    row.version = Set(version);
    Ok(row.update(tx).await?)
}

/// Throws a draft away; the same publication makes no new one. Fails as stale, or refused when it has ended.
pub async fn discard(
    tx: &DatabaseTransaction,
    id: Uuid,
    seen: Option<i32>,
    (by, at): (&Actor, DateTime<Utc>),
) -> Result<(), Error> {
    let row = open(tx, "discarding", id, seen).await?;
    let version = row.version + 1;
    let mut row = row.into_active_model();
    row.state = Set("discarded".into());
    row.ended_at = Set(Some(at));
    row.ended_by = Set(Some(by.subject.clone()));
    row.ended_name = Set(Some(by.name.clone()));
    row.version = Set(version);
    row.update(tx).await?;
    Ok(())
}

/// The row of an open draft as the person saw it, locked.
pub(super) async fn open(
    tx: &DatabaseTransaction,
    act: &'static str,
    id: Uuid,
    seen: Option<i32>,
) -> Result<Model, Error> {
    let row = Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    let row = row.ok_or(Error::NotFound("revision draft"))?;
    if row.state != "draft" {
        return Err(refusals::ended(act, &row.state));
    }
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(Error::Stale);
    }
    Ok(row)
}

async fn write(
    tx: &DatabaseTransaction,
    open: Option<Model>,
    code: &str,
    (merged, said, based_on): (&Merged, String, Option<Uuid>),
    at: DateTime<Utc>,
) -> Result<Uuid, Error> {
    let (content, remarks) = (json_of(&merged.revision)?, json_of(&merged.remarks)?);
    if let Some(row) = open {
        let (id, version) = (row.id, row.version + 1);
        let mut row = row.into_active_model();
        (row.content, row.remarks, row.published) = (Set(content), Set(remarks), Set(said));
        (row.based_on, row.changed_at, row.version) = (Set(based_on), Set(at), Set(version));
        row.update(tx).await?;
        return Ok(id);
    }
    let row = Model {
        id: Uuid::now_v7(),
        national_code: code.to_owned(),
        based_on,
        content,
        published: said,
        remarks,
        state: "draft".into(),
        version: 1,
        created_at: at,
        changed_at: at,
        changed_name: None,
        ended_at: None,
        ended_by: None,
        ended_name: None,
        reason: None,
        revision_id: None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    Ok(row.id)
}

// A revision that says nothing: everything in the draft of a new procedure is new.
fn nothing(row: &Model) -> Result<Revision, Error> {
    let published: PublishedProcedure = from_json("revision_drafts.published", &row.published)?;
    let silent = PublishedProcedure {
        name: String::new(),
        in_force: true,
        conditions: String::new(),
        fields: Vec::new(),
        levels: Vec::new(),
        steps: Vec::new(),
        ways: Vec::new(),
        applicants: Vec::new(),
        applicants_in_words: Vec::new(),
        cases: Vec::new(),
        results: Vec::new(),
        legal_basis: Vec::new(),
        ..published
    };
    Ok(merge(&silent, None).revision)
}
