//! When the office is away, as it was announced.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, string_len, timestamp_with_time_zone, uuid};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(downtimes()).await?;
        m.create_index(index("downtimes_from", "downtimes", &["from_at", "id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("downtimes").to_owned()).await
    }
}

fn downtimes() -> TableCreateStatement {
    Table::create()
        .table("downtimes")
        .col(uuid("id").primary_key())
        .col(timestamp_with_time_zone("from_at"))
        .col(timestamp_with_time_zone("until_at"))
        .col(string_len("reason", 500))
        .col(boolean("unplanned"))
        .col(timestamp_with_time_zone("announced_at"))
        .col(string_len("announced_by", 400))
        .to_owned()
}
