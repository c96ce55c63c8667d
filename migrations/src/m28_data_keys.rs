//! The ring of data keys, each wrapped by a master, and the key of its own that each dossier carries.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, string_len, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(data_keys()).await?;
        for (table, column) in ADDED {
            m.alter_table(Table::alter().table(*table).add_column(text_null(*column)).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in ADDED {
            m.alter_table(Table::alter().table(*table).drop_column(*column).to_owned()).await?;
        }
        m.drop_table(Table::drop().table("data_keys").to_owned()).await
    }
}

/// The own key of a dossier, and the name of a citizen who did an act.
const ADDED: &[(&str, &str)] = &[("dossiers", "key_wrapped"), ("history", "actor_name_sealed")];

fn data_keys() -> TableCreateStatement {
    Table::create()
        .table("data_keys")
        .col(string_len("id", 16).primary_key())
        .col(string_len("purpose", 8))
        .col(integer("number"))
        .col(text("wrapped"))
        .col(string_len("master", 16))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("seals_from"))
        .col(timestamp_with_time_zone_null("retired_at"))
        // Two processes that start at once, or two that turn the ring at once, make one key.
        .index(Index::create().unique().name("data_keys_number").col("purpose").col("number"))
        .to_owned()
}
