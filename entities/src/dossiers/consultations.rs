//! Consultations read: by those who asked, and by the unit that was asked, which sees nothing else of the dossier.

use super::parties;
use crate::chronicle::looks;
use crate::columns::from_json;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::consultations::{Column, Entity, Model};
use crate::tables::{dossiers, papers};
use rules::access::{Parties, Relation, Sight, Thing, sight_at, sight_of, units};
use rules::actor::Actor;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a consultation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Asked, not answered yet.
    Open,
    /// Answered, in time or late.
    Answered,
    /// The dossier ended before there was an answer.
    Closed,
}

impl State {
    /// Key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }
}

/// What a list of consultations is asked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Only of this asked unit.
    pub unit: Option<Uuid>,
    /// Only in this state.
    pub state: Option<State>,
    /// Last id of the page before.
    pub after: Option<Uuid>,
    /// Rows wanted.
    pub limit: u64,
}

/// A consultation by key; who may read it is asked by the caller.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("consultation"))
}

/// A consultation with its dossier, for those who ask and those who are asked; for others it does not exist.
pub async fn find<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    by: &Actor,
    id: Uuid,
) -> Result<(Model, dossiers::Model), Error> {
    let row = by_id(db, id).await?;
    let dossier = dossiers::Entity::find_by_id(row.dossier_id).one(db).await?;
    let dossier = dossier.filter(|dossier| is_asked(&row, by) || asks(dossier, by, sealer));
    let dossier = dossier.ok_or(Error::NotFound("consultation"))?;
    looks::seen(sealer, by, &dossier, Sight::Full);
    Ok((row, dossier))
}

/// The person is an officer of the dossier, whatever else they are.
pub fn asks(dossier: &dossiers::Model, by: &Actor, sealer: &Sealer) -> bool {
    let parties = Parties { mine: false, ..parties(dossier, by, sealer) };
    sight_of(by, Thing::Consultations, parties) == Sight::Full
}

/// The person answers for the unit that was asked.
pub fn is_asked(row: &Model, by: &Actor) -> bool {
    sight_at(by, Thing::Consultations, (Relation::Asked, row.unit_id)) == Sight::Full
}

/// What the person's units have been asked, newest first.
pub async fn list<C: ConnectionTrait>(db: &C, by: &Actor, search: &Search) -> Result<Vec<Model>, Error> {
    Ok(query(by, search).all(db).await?)
}

/// The query of a list; public so that the planner can be asked about it.
pub fn query(by: &Actor, search: &Search) -> Select<Entity> {
    let mut query = match units(by, Thing::Consultations, Relation::Asked).as_slice() {
        [one] => Entity::find().filter(Column::UnitId.eq(*one)),
        many => Entity::find().filter(Column::UnitId.is_in(many.iter().copied())),
    };
    if let Some(unit) = search.unit {
        query = query.filter(Column::UnitId.eq(unit));
    }
    if let Some(state) = search.state {
        query = query.filter(Column::State.eq(state.key()));
    }
    if let Some(after) = search.after {
        query = query.filter(Column::Id.lt(after));
    }
    query.order_by_desc(Column::Id).limit(search.limit)
}

/// What was asked about a dossier, oldest first.
pub async fn of_dossier<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(Column::Id).all(db).await?)
}

/// Units that have been asked about a dossier and have not answered.
pub async fn open_units<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Uuid>, Error> {
    let rows = of_dossier(db, dossier).await?;
    Ok(rows.into_iter().filter(|row| row.state == State::Open.key()).map(|row| row.unit_id).collect())
}

/// Dossiers and shared papers of a page of consultations; two queries for all of them.
pub async fn beside<C: ConnectionTrait>(
    db: &C,
    rows: &[Model],
) -> Result<(Vec<dossiers::Model>, Vec<papers::Model>), Error> {
    let asked = rows.iter().map(|row| row.dossier_id);
    let dossiers = dossiers::Entity::find().filter(dossiers::Column::Id.is_in(asked)).all(db).await?;
    let shared = rows.iter().map(shared).collect::<Result<Vec<_>, _>>()?.concat();
    let papers = papers::Entity::find().filter(papers::Column::Id.is_in(shared));
    Ok((dossiers, papers.order_by_asc(papers::Column::Id).all(db).await?))
}

/// Keys of the papers a question shares.
pub fn shared(row: &Model) -> Result<Vec<Uuid>, Error> {
    from_json("consultations.papers", &row.papers)
}

/// The question, opened.
pub fn question(sealer: &Sealer, row: &Model) -> Result<String, Error> {
    sealer.open(&question_of(row.id), &row.question_sealed)
}

/// The answer, opened; none before there is one.
pub fn answer(sealer: &Sealer, row: &Model) -> Result<Option<String>, Error> {
    row.answer_sealed.as_ref().map(|sealed| sealer.open(&answer_of(row.id), sealed)).transpose()
}

/// A question that is still open shares one of these papers with a unit the person answers for.
pub async fn shares<C: ConnectionTrait>(
    db: &C,
    by: &Actor,
    holders: &[papers::Model],
) -> Result<bool, Error> {
    let units = units(by, Thing::Consultations, Relation::Asked);
    if units.is_empty() || holders.is_empty() {
        return Ok(false);
    }
    let asked = Entity::find()
        .filter(Column::DossierId.is_in(holders.iter().map(|paper| paper.dossier_id)))
        .filter(Column::UnitId.is_in(units))
        .filter(Column::State.eq(State::Open.key()))
        .all(db)
        .await?;
    let shared = asked.iter().map(shared).collect::<Result<Vec<_>, _>>()?.concat();
    Ok(holders.iter().any(|paper| shared.contains(&paper.id)))
}

/// Dossiers about which this file came as an answer.
pub async fn answered_with<C: ConnectionTrait>(db: &C, file: Uuid) -> Result<Vec<Uuid>, Error> {
    let rows = Entity::find().filter(Column::FileId.eq(file)).all(db).await?;
    Ok(rows.into_iter().map(|row| row.dossier_id).collect())
}

pub(super) fn question_of(id: Uuid) -> String {
    format!("consultation:{id}")
}

pub(super) fn answer_of(id: Uuid) -> String {
    format!("consultation_answer:{id}")
}
