//! Giving a warning: through the one door, if it still holds and was not given before.

use super::facts::Beside;
use crate::dossiers::Door;
use crate::dossiers::acts::Act;
use crate::error::Error;
use crate::tables::{dossiers, warnings};
use rules::warnings::WarningKind;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

impl Door<'_> {
    /// Gives a warning and tells whether it did: one that no longer holds, or was given before, is let be.
    ///
    /// The dossier is locked first, so of two workers with the same warning one gives it.
    pub async fn warn(&self, dossier: Uuid, kind: WarningKind, occasion: &str) -> Result<bool, Error> {
        let row = dossiers::Entity::find_by_id(dossier).lock_exclusive().one(self.tx).await?;
        let row = row.ok_or(Error::NotFound("dossier"))?;
        if self.is_given(dossier, kind, occasion).await? {
            return Ok(false);
        }
        let beside = Beside::of(self.tx, std::slice::from_ref(&row)).await?;
        let look = beside.look((self.tx, self.catalogue), &row, self.at).await?;
        let due = look.warnings.into_iter().find(|w| w.kind == kind && w.occasion == occasion);
        let Some(warning) = due else {
            return Ok(false);
        };
        self.act(dossier, None, &Act::Warn { warning }).await?;
        Ok(true)
    }

    async fn is_given(&self, dossier: Uuid, kind: WarningKind, occasion: &str) -> Result<bool, Error> {
        let same = warnings::Entity::find()
            .filter(warnings::Column::DossierId.eq(dossier))
            .filter(warnings::Column::Kind.eq(kind.key()))
            .filter(warnings::Column::Occasion.eq(occasion));
        Ok(same.one(self.tx).await?.is_some())
    }
}
