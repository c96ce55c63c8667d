//! What the national portal answered when it was asked for the account of a dossier's owner: kept once, sealed.

use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::portal_accounts::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The portal has not been asked, or did not answer.
    NotAsked,
    /// It knows no account, or several.
    None,
    /// The account.
    Account(String),
}

/// What the portal answered of the owner of a dossier.
pub async fn of<C: ConnectionTrait>(db: &C, sealer: &Sealer, dossier: Uuid) -> Result<Answer, Error> {
    let Some(row) = Entity::find_by_id(dossier).one(db).await? else { return Ok(Answer::NotAsked) };
    let account = row.account_sealed.map(|sealed| sealer.open(&owner(dossier), &sealed)).transpose()?;
    Ok(account.map_or(Answer::None, Answer::Account))
}

/// Keeps the answer; one that was kept before stays.
pub async fn keep<C: ConnectionTrait>(
    tx: &C,
    sealer: &Sealer,
    (dossier, account): (Uuid, Option<&str>),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let account_sealed = account.map(|account| sealer.seal(&owner(dossier), account)).transpose()?;
    let row = Model { dossier_id: dossier, account_sealed, answered_at: at };
    Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::column(Column::DossierId).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

fn owner(dossier: Uuid) -> String {
    format!("portal_account:{dossier}")
}
