//! The control slip read: every hand-over of a dossier in its order (phiếu kiểm soát, L-53).

use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers;
use crate::tables::handovers::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// The hand-overs of a dossier, oldest first; the last one has not ended while the agency works on it.
pub async fn slip<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(Column::Seq).all(db).await?)
}

/// The word or reason a hand-over was given with, opened.
pub fn note(sealer: &Sealer, row: &Model) -> Result<Option<String>, Error> {
    let owner = note_of(row.dossier_id, row.seq);
    row.note_sealed.as_ref().map(|sealed| sealer.open(&owner, sealed)).transpose()
}

/// Subject and name of who has the last hand-over.
pub(super) async fn holder<C: ConnectionTrait>(
    db: &C,
    dossier: &dossiers::Model,
) -> Result<(Option<String>, Option<String>), Error> {
    let row = Entity::find_by_id((dossier.id, dossier.handovers)).one(db).await?;
    Ok(row.map_or((None, None), |row| (row.receiver, row.receiver_name)))
}

pub(super) fn note_of(dossier: Uuid, seq: i32) -> String {
    format!("handover:{dossier}:{seq}")
}
