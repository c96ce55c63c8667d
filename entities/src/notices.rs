//! Notices that were handed to their provider: one row each, so that nobody is told the same twice.

use crate::error::Error;
use crate::tables::notices::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

/// What a notice is about and whom it goes to; no two rows share all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice<'a> {
    /// The dossier.
    pub dossier: Uuid,
    /// History entry told about.
    pub entry: i32,
    /// Key of the event, at most 30 characters.
    pub event: &'a str,
    /// `email`.
    pub channel: &'a str,
    /// Blind index of the recipient (`Sealer::index`).
    pub recipient_index: &'a str,
}

/// It has been handed over before.
pub async fn is_told<C: ConnectionTrait>(db: &C, notice: &Notice<'_>) -> Result<bool, Error> {
    let found = Entity::find()
        .filter(Column::DossierId.eq(notice.dossier))
        .filter(Column::Entry.eq(notice.entry))
        .filter(Column::Event.eq(notice.event))
        .filter(Column::Channel.eq(notice.channel))
        .filter(Column::RecipientIndex.eq(notice.recipient_index))
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Remembers that it was handed over at `at`; a second time changes nothing.
pub async fn told<C: ConnectionTrait>(db: &C, notice: &Notice<'_>, at: DateTime<Utc>) -> Result<(), Error> {
    let row = Model {
        id: Uuid::now_v7(),
        dossier_id: notice.dossier,
        entry: notice.entry,
        event: notice.event.into(),
        channel: notice.channel.into(),
        recipient_index: notice.recipient_index.into(),
        handed_over_at: at,
    };
    Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}
