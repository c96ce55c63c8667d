//! The key of its own that a dossier carries, and forgetting it: what it sealed cannot be read again.

use crate::error::Error;
use crate::sealing::{OwnSealer, Sealer};
use crate::tables::dossiers::{Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Seals and opens what is about this dossier.
pub fn own<'a>(sealer: &'a Sealer, dossier: &Model) -> Result<OwnSealer<'a>, Error> {
    sealer.own(dossier.id, dossier.key_wrapped.as_deref())
}

/// What the name of who did an entry of the history is sealed for.
pub(super) fn actor_place(dossier: Uuid, seq: i32) -> String {
    format!("actor:{dossier}:{seq}")
}

/// Destroys the key of a dossier: applicant, form, notes of its history, reasons of its supplements and the sealed words
/// of the chronicle about it are unreadable from the commit on, and every chain still verifies. Gives whether there was
/// one. Copies in backups end with the backups.
pub async fn forget_key(tx: &DatabaseTransaction, id: Uuid) -> Result<bool, Error> {
    let rows = Entity::update_many().col_expr(Column::KeyWrapped, Expr::value(Option::<String>::None));
    let done = rows.filter(Column::Id.eq(id)).filter(Column::KeyWrapped.is_not_null()).exec(tx).await?;
    Ok(done.rows_affected > 0)
}

/// The wrapped keys of these dossiers, as far as they have one.
pub async fn wrapped_keys<C: ConnectionTrait>(
    db: &C,
    dossiers: &[Uuid],
) -> Result<BTreeMap<Uuid, String>, Error> {
    if dossiers.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = Entity::find().select_only().column(Column::Id).column(Column::KeyWrapped);
    let rows = rows.filter(Column::Id.is_in(dossiers.iter().copied()));
    let found: Vec<(Uuid, Option<String>)> = rows.into_tuple().all(db).await?;
    Ok(found.into_iter().filter_map(|(id, key)| Some((id, key?))).collect())
}
