//! A document that waited for its dossier and came to no account: it is kept, with the reason, and stands on no shelf.

use super::{LAPSED, Model, Origin, PENDING, place};
use crate::columns::key_of;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::documents::{Column, Entity};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, Set,
};
use uuid::Uuid;

/// The documents that wait for a dossier, oldest first.
pub(crate) async fn waiting(tx: &DatabaseTransaction, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier)).filter(Column::State.eq(PENDING));
    Ok(rows.all(tx).await?)
}

/// Ends the documents that wait for a dossier, or those of one origin, for the reason of the act that ends them.
pub(crate) async fn lapse_all(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    (dossier, origin): (Uuid, Option<Origin>),
    reason: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let origin = origin.map(|origin| key_of(&origin)).transpose()?;
    for document in waiting(tx, dossier).await? {
        if origin.as_ref().is_none_or(|origin| *origin == document.origin) {
            lapse(tx, sealer, document, reason, at).await?;
        }
    }
    Ok(())
}

/// Ends one that waits, for a reason in words.
pub(super) async fn lapse(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    document: Model,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let sealed = sealer.seal(&place(document.id, "ended"), reason.trim())?;
    let mut ended = document.into_active_model();
    ended.state = Set(LAPSED.into());
    ended.ended_at = Set(Some(at));
    ended.ended_reason_sealed = Set(Some(sealed));
    ended.update(tx).await?;
    Ok(())
}
