//! A list brought again for a day: it takes the place of the one before, which stays to be read.

use super::reading::words_of;
use super::source::Source;
use crate::dossiers::Door;
use crate::error::Error;
use crate::tables::{statement_differences, statements, unit_accounts};
use chrono::NaiveDate;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

/// What is written at the open differences of a statement that was replaced.
const WORDS: &str = "Đã có bảng kê khác của ngày này thay thế; xem chênh lệch ở bảng kê sau. / \
     Another list of this day took its place; see the differences of the later one.";

impl Door<'_> {
    /// Marks the statement of the source and the day as replaced and closes its open differences in words, so that none
    /// stands twice.
    pub(super) async fn replace_statement(&self, source: &Source, day: NaiveDate) -> Result<(), Error> {
        use statements::{Column, Entity};
        let of = match source {
            Source::Platform(key) => Column::Platform.eq(key),
            Source::Account(account) => {
                // Two who bring a list at once: the second waits here and replaces the first.
                let held = unit_accounts::Entity::find_by_id(account.id).lock_exclusive();
                held.one(self.tx).await?.ok_or(Error::NotFound("account"))?;
                Column::AccountId.eq(account.id)
            }
        };
        let known =
            Entity::find().filter(of).filter(Column::Day.eq(day)).filter(Column::ReplacedAt.is_null());
        for mut row in known.all(self.tx).await? {
            row.replaced_at = Some(self.at);
            let id = row.id;
            row.into_active_model().reset_all().update(self.tx).await?;
            self.close_differences(id).await?;
        }
        Ok(())
    }

    async fn close_differences(&self, statement: Uuid) -> Result<(), Error> {
        use statement_differences::{Column, Entity};
        let open = Entity::find().filter(Column::StatementId.eq(statement)).filter(Column::State.eq("open"));
        for mut row in open.all(self.tx).await? {
            row.state = "settled".into();
            row.version += 1;
            row.words_sealed = Some(self.sealer.seal(&words_of(row.id), WORDS)?);
            row.settled_by = Some(self.by.subject.clone());
            row.settled_name = Some(self.by.name.clone());
            row.settled_at = Some(self.at);
            row.into_active_model().reset_all().update(self.tx).await?;
        }
        Ok(())
    }
}
