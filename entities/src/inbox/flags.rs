//! Flags: what a person at the desk of a dossier is to look at; raised by the office, settled by an officer or by what was waited for.

use crate::columns::json_of;
use crate::dossiers::Door;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers::Model as Dossier;
use crate::tables::flags::{Column, Entity, Model};
use crate::writing::Batch;
use rules::access::{Relation, Sight, Thing, sight_at, units};
use rules::actor::Actor;
use rules::refusal::Violation;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select, Set,
};
use serde_json::Value;
use uuid::Uuid;

/// A flag about to be raised.
#[derive(Debug, Clone, Default)]
pub(super) struct NewFlag {
    /// What it is about.
    pub(super) code: String,
    /// JSON pointer to the place.
    pub(super) pointer: String,
    /// The sentence in Vietnamese.
    pub(super) vi: String,
    /// The same in English.
    pub(super) en: String,
    /// What came with it.
    pub(super) detail: Option<Value>,
    /// The paper it waits for.
    pub(super) subject: Option<Uuid>,
}

impl NewFlag {
    pub(super) fn new(code: &str, vi: &str, en: &str) -> Self {
        Self { code: code.into(), vi: vi.into(), en: en.into(), ..Self::default() }
    }
}

impl From<Violation> for NewFlag {
    fn from(wrong: Violation) -> Self {
        Self {
            code: wrong.code.into(),
            pointer: wrong.pointer.chars().take(300).collect(),
            vi: wrong.vi,
            en: wrong.en,
            ..Self::default()
        }
    }
}

impl Door<'_> {
    /// Adds a flag for the desk on which a dossier lies.
    pub(super) fn flag(&self, batch: &mut Batch, dossier: &Dossier, new: NewFlag) -> Result<(), Error> {
        let id = Uuid::now_v7();
        let seal = |detail: &Value| self.sealer.seal(&owner_of(id), &json_of(detail)?);
        batch.insert(Model {
            id,
            dossier_id: dossier.id,
            unit_id: dossier.desk_id.unwrap_or(dossier.unit_id),
            code: new.code,
            pointer: new.pointer,
            vi: new.vi,
            en: new.en,
            detail_sealed: new.detail.as_ref().map(seal).transpose()?,
            subject_id: new.subject,
            raised_at: self.at,
            settled_by: None,
            settled_name: None,
            settled_at: None,
        });
        Ok(())
    }

    /// Settles what waited for a paper that has come.
    pub(super) async fn settle_flags_of(&self, subject: Uuid) -> Result<(), Error> {
        let office = Actor::office();
        Entity::update_many()
            .col_expr(Column::SettledBy, Expr::value(office.subject))
            .col_expr(Column::SettledName, Expr::value(office.name))
            .col_expr(Column::SettledAt, Expr::value(self.at))
            .filter(Column::SubjectId.eq(subject))
            .filter(Column::SettledAt.is_null())
            .exec(self.tx)
            .await?;
        Ok(())
    }

    /// Notes that an officer of its unit has dealt with a flag; who did so first stays.
    pub async fn settle_flag(&self, id: Uuid) -> Result<Model, Error> {
        let found = Entity::find_by_id(id).lock_exclusive().one(self.tx).await?;
        let found = found.filter(|row| sees(self.by, row.unit_id));
        let found = found.ok_or(Error::NotFound("flag"))?;
        if found.settled_at.is_some() {
            return Ok(found);
        }
        let mut row = found.into_active_model();
        row.settled_by = Set(Some(self.by.subject.clone()));
        row.settled_name = Set(Some(self.by.name.clone()));
        row.settled_at = Set(Some(self.at));
        Ok(row.update(self.tx).await?)
    }
}

fn sees(by: &Actor, unit: Uuid) -> bool {
    sight_at(by, Thing::Desk, (Relation::Unit, unit)) > Sight::None
}

/// Which flags to list.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Only of this dossier.
    pub dossier: Option<Uuid>,
    /// Settled ones too.
    pub settled_too: bool,
    /// Last id of the page before.
    pub after: Option<Uuid>,
}

/// The flags on the desks of an officer's units, newest first; nobody else has any.
pub fn query(by: &Actor, search: &Search) -> Select<Entity> {
    let units = units(by, Thing::Desk, Relation::Unit);
    let mut query = match units.as_slice() {
        [one] => Entity::find().filter(Column::UnitId.eq(*one)),
        many => Entity::find().filter(Column::UnitId.is_in(many.iter().copied())),
    };
    if !search.settled_too {
        query = query.filter(Column::SettledAt.is_null());
    }
    if let Some(dossier) = search.dossier {
        query = query.filter(Column::DossierId.eq(dossier));
    }
    if let Some(after) = search.after {
        query = query.filter(Column::Id.lt(after));
    }
    query.order_by_desc(Column::Id)
}

/// At most `limit` of them.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    by: &Actor,
    search: &Search,
    limit: u64,
) -> Result<Vec<Model>, Error> {
    Ok(query(by, search).limit(limit).all(db).await?)
}

/// What came with a flag, opened.
pub fn detail(sealer: &Sealer, row: &Model) -> Result<Option<Value>, Error> {
    let Some(sealed) = &row.detail_sealed else { return Ok(None) };
    crate::columns::from_json("flags.detail", &sealer.open(&owner_of(row.id), sealed)?).map(Some)
}

fn owner_of(id: Uuid) -> String {
    format!("flag:{id}")
}
