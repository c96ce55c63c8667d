//! The children that a unit opened, as a part of its list of dossiers.

use sea_orm_migration::prelude::*;

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.get_connection().execute_unprepared(SENT).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.get_connection().execute_unprepared("DROP INDEX dossiers_sent").await?;
        Ok(())
    }
}

/// Few beside the papers that the same unit took in, so that its list costs nothing where there are none.
const SENT: &str = "CREATE INDEX dossiers_sent ON dossiers (owner, id) WHERE parent_id IS NOT NULL";
