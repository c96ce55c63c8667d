//! What reports and forecasts are read by: results by unit and time, and what lies with applicants.

use sea_orm_migration::prelude::*;

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.get_connection().execute_unprepared(INDICES).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for index in ["dossiers_with_applicant", "dossiers_decided"] {
            m.get_connection().execute_unprepared(&format!("DROP INDEX {index}")).await?;
        }
        Ok(())
    }
}

/// Both hold only what they are asked for: open dossiers are many times fewer than all.
const INDICES: &str = "CREATE INDEX dossiers_decided ON dossiers (authority_id, decided_at) WHERE decided_at IS NOT NULL; \
     CREATE INDEX dossiers_with_applicant ON dossiers (desk_id) WHERE turn = 'applicant';";
