//! What the national portal was told, one row for each history entry, written in two steps.
//!
//! First the record that it took, then the progress line; so a push that broke off between the two goes on there.

use crate::columns::{from_json, json_of};
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::portal_pushes::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The texts of one push, of the requests or of the answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// Of the record.
    pub record: String,
    /// Of the progress line; absent until the portal has taken it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<String>,
}

/// A push as it stands: what was sent, secrets masked, and what was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// The requests.
    pub sent: Texts,
    /// The answers.
    pub answered: Texts,
}

impl Push {
    /// Both the record and the progress line were taken.
    pub fn is_whole(&self) -> bool {
        self.answered.progress.is_some()
    }
}

/// How far the push of an entry has come; none before its record was taken.
pub async fn find<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    (dossier, entry): (Uuid, i32),
) -> Result<Option<Push>, Error> {
    let Some(row) = Entity::find_by_id((dossier, entry)).one(db).await? else {
        return Ok(None);
    };
    let sent = sealer.open(&owner(dossier, entry), &row.request_sealed)?;
    Ok(Some(Push {
        sent: from_json("portal_pushes.request", &sent)?,
        answered: from_json("portal_pushes.answer", &row.answer)?,
    }))
}

/// The portal has taken a record of this dossier for another entry.
pub async fn is_known<C: ConnectionTrait>(db: &C, (dossier, entry): (Uuid, i32)) -> Result<bool, Error> {
    let others = Entity::find().filter(Column::DossierId.eq(dossier)).filter(Column::Entry.ne(entry));
    Ok(others.limit(1).one(db).await?.is_some())
}

/// The portal has taken a record for a later entry: one for this entry would set it back in time.
pub async fn is_overtaken<C: ConnectionTrait>(db: &C, (dossier, entry): (Uuid, i32)) -> Result<bool, Error> {
    let later = Entity::find().filter(Column::DossierId.eq(dossier)).filter(Column::Entry.gt(entry));
    Ok(later.limit(1).one(db).await?.is_some())
}

/// Keeps how far a push has come: written at the record, completed at the progress line.
pub async fn keep<C: ConnectionTrait>(
    tx: &C,
    sealer: &Sealer,
    (dossier, entry): (Uuid, i32),
    push: &Push,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = Model {
        dossier_id: dossier,
        entry,
        request_sealed: sealer.seal(&owner(dossier, entry), &json_of(&push.sent)?)?,
        answer: json_of(&push.answered)?,
        at,
    };
    let again = OnConflict::columns([Column::DossierId, Column::Entry])
        .values([
            (Column::RequestSealed, Expr::value(row.request_sealed.clone())),
            (Column::Answer, Expr::value(row.answer.clone())),
        ])
        .to_owned();
    Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// Sealed for this row alone.
fn owner(dossier: Uuid, entry: i32) -> String {
    format!("push:{dossier}:{entry}")
}
