//! The ledger of jobs and the schedule.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, integer, pk_uuid, string_len, string_len_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(jobs()).await?;
        manager.create_table(schedules()).await?;
        for index in INDICES {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("schedules").to_owned()).await?;
        manager.drop_table(Table::drop().table("jobs").to_owned()).await
    }
}

// The payload is text: a row whose payload is no longer JSON must still be readable, listed and buried.
fn jobs() -> TableCreateStatement {
    Table::create()
        .table("jobs")
        .col(pk_uuid("id"))
        .col(string_len("kind", 64))
        .col(text("payload"))
        .col(integer("payload_version"))
        .col(string_len("queue", 16))
        .col(string_len_null("ordering_key", 128))
        .col(integer("place"))
        .col(string_len_null("unique_key", 160))
        .col(string_len("state", 16))
        .col(integer("attempts"))
        .col(integer("max_attempts"))
        .col(timestamp_with_time_zone("next_run_at"))
        .col(string_len_null("lease_owner", 128))
        .col(timestamp_with_time_zone_null("lease_until"))
        .col(text_null("last_error"))
        .col(uuid_null("dossier_id"))
        .col(string_len_null("cause", 128))
        .col(string_len_null("traceparent", 64))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("finished_at"))
        .take()
}

fn schedules() -> TableCreateStatement {
    Table::create()
        .table("schedules")
        .col(ColumnDef::new("name").string_len(64).not_null().primary_key())
        .col(text("job"))
        .col(integer("every_seconds"))
        .col(timestamp_with_time_zone("next_tick"))
        .col(boolean("catch_up"))
        .take()
}

/// Partial wherever the rows of interest are few, so that the many done jobs cost nothing.
const INDICES: [&str; 8] = [
    "CREATE UNIQUE INDEX jobs_unique ON jobs (unique_key)",
    "CREATE INDEX jobs_due ON jobs (queue, next_run_at, id) WHERE state = 'ready'",
    "CREATE INDEX jobs_order ON jobs (ordering_key, place, id) WHERE state IN ('ready', 'running')",
    "CREATE UNIQUE INDEX jobs_one_running ON jobs (ordering_key) WHERE state = 'running'",
    "CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'running'",
    "CREATE INDEX jobs_open ON jobs (state, id) WHERE state <> 'done'",
    "CREATE INDEX jobs_dossier ON jobs (dossier_id, id) WHERE dossier_id IS NOT NULL",
    "CREATE INDEX jobs_kind ON jobs (kind, id)",
];
