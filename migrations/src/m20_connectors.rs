//! Outside parties as the office uses them: states and who changed them, health, calls by day, and what waits for them.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, date, integer, string_len, string_len_null, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let awaited = string_len_null("awaited_party", KEY);
        m.alter_table(Table::alter().table("jobs").add_column(awaited).to_owned()).await?;
        m.get_connection().execute_unprepared(AWAITED).await?;
        let own = timestamp_with_time_zone_null("own_run_at");
        m.alter_table(Table::alter().table("jobs").add_column(own).to_owned()).await?;
        for table in [connectors(), changes(), healths(), days()] {
            m.create_table(table).await?;
        }
        m.create_index(index("connector_days_day", "connector_days", &["day"])).await?;
        m.create_index(index("connector_changes_key", "connector_changes", &["key", "id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in ["connector_days", "connector_healths", "connector_changes", "connectors"] {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        m.get_connection().execute_unprepared("DROP INDEX jobs_awaited").await?;
        m.alter_table(Table::alter().table("jobs").drop_column("own_run_at").to_owned()).await?;
        m.alter_table(Table::alter().table("jobs").drop_column("awaited_party").to_owned()).await
    }
}

/// Holds only what waits for a party.
const AWAITED: &str = "CREATE INDEX jobs_awaited ON jobs (awaited_party) WHERE awaited_party IS NOT NULL";

/// Characters of a connector's key and of one of its data services, such as `dvcqg/TraCuuHoSo`.
const KEY: u32 = 120;

fn connectors() -> TableCreateStatement {
    Table::create()
        .table("connectors")
        .col(string_len("key", KEY).primary_key())
        .col(string_len("state", 8))
        .col(timestamp_with_time_zone("since"))
        .col(string_len("by", 400))
        .col(string_len("by_name", 255))
        .col(string_len("reason", 500))
        .col(integer("version"))
        .to_owned()
}

fn changes() -> TableCreateStatement {
    Table::create()
        .table("connector_changes")
        .col(uuid("id").primary_key())
        .col(string_len("key", KEY))
        .col(string_len_null("from_state", 8))
        .col(string_len("to_state", 8))
        .col(timestamp_with_time_zone("at"))
        .col(string_len("by", 400))
        .col(string_len("by_name", 255))
        .col(string_len("reason", 500))
        .to_owned()
}

fn healths() -> TableCreateStatement {
    Table::create()
        .table("connector_healths")
        .col(string_len("key", KEY).primary_key())
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(big_integer_null("took_ms"))
        .col(timestamp_with_time_zone_null("failed_at"))
        .col(text_null("failed_with"))
        .col(timestamp_with_time_zone_null("resting_until"))
        .col(timestamp_with_time_zone("told_at"))
        .to_owned()
}

fn days() -> TableCreateStatement {
    Table::create()
        .table("connector_days")
        .col(string_len("key", KEY))
        .col(string_len("service", KEY))
        .col(date("day"))
        .col(big_integer("answered"))
        .col(big_integer("refused"))
        .col(big_integer("failed"))
        .col(big_integer("took_ms"))
        .primary_key(Index::create().col("key").col("day").col("service"))
        .to_owned()
}
