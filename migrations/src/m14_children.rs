//! Child dossiers and dossiers of other places: what a parent was told, what lies at another unit, the hand-over minutes.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer_null, timestamp_with_time_zone_null};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [timestamp_with_time_zone_null("handed_over_at"), integer_null("told_entry")] {
            m.alter_table(Table::alter().table("dossiers").add_column(column).to_owned()).await?;
        }
        m.get_connection().execute_unprepared(ELSEWHERE).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.get_connection().execute_unprepared("DROP INDEX dossiers_elsewhere").await?;
        for column in ["handed_over_at", "told_entry"] {
            m.alter_table(Table::alter().table("dossiers").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// What a unit settles that another one received; few, so that its list costs nothing where there are none.
const ELSEWHERE: &str =
    "CREATE INDEX dossiers_elsewhere ON dossiers (authority_id, id) WHERE authority_id <> unit_id";
