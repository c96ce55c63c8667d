//! The end of the last item of a dossier: what only waited for it goes on.

use super::reading;
use crate::dossiers::Door;
use crate::error::Error;
use crate::tables::dossiers;
use sea_orm::{EntityTrait, QuerySelect};
use uuid::Uuid;

impl Door<'_> {
    /// Closes a dossier that waited for nothing but its papers: one whose result the post delivered, or a child whose
    /// main dossier has its result. Called in the transaction that ended an item; the door is the office's.
    pub async fn paper_ended(&self, dossier: Uuid) -> Result<(), Error> {
        // Held first: of two papers that end at once, the later must see the earlier.
        let row = dossiers::Entity::find_by_id(dossier).lock_exclusive().one(self.tx).await?;
        let Some(row) = row else { return Ok(()) };
        if !reading::open_of_dossier(self.tx, dossier).await?.is_empty() {
            return Ok(());
        }
        match row.told_entry {
            Some(entry) => self.tell_parent(dossier, entry).await,
            None => self.hand_over_delivered(dossier).await,
        }
    }
}
