//! Sessions that ended at their issuer, each remembered until no token of it can be good any more.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string_len, timestamp_with_time_zone};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(ended_sessions()).await?;
        m.create_index(index("ended_sessions_party", "ended_sessions", &["party", "ended_at"])).await?;
        m.create_index(index("ended_sessions_kept", "ended_sessions", &["kept_until"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("ended_sessions").to_owned()).await
    }
}

fn ended_sessions() -> TableCreateStatement {
    Table::create()
        .table("ended_sessions")
        .col(string_len("token", 64))
        .col(string_len("party", 64))
        .col(timestamp_with_time_zone("ended_at"))
        .col(timestamp_with_time_zone("kept_until"))
        .primary_key(Index::create().col("token").col("party"))
        .to_owned()
}
