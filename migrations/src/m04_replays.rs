//! The edge: answers kept for repeated requests, uploads and files, roles of people.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, small_integer, string_len, string_len_null, string_null, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [replays(), uploads(), files(), assignments()] {
            manager.create_table(table).await?;
        }
        for (name, table, column) in INDICES {
            let index =
                Index::create().name(*name).table(Alias::new(*table)).col(Alias::new(*column)).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["assignments", "files", "uploads", "replays"] {
            manager.drop_table(Table::drop().table(Alias::new(table)).to_owned()).await?;
        }
        Ok(())
    }
}

const INDICES: &[(&str, &str, &str)] = &[
    ("replays_by_age", "replays", "created_at"),
    ("uploads_by_age", "uploads", "created_at"),
    ("files_by_content", "files", "sha256"),
    ("files_by_owner", "files", "owner"),
    ("assignments_by_subject", "assignments", "subject"),
];

fn replays() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("replays"))
        .col(string_len("actor", 400))
        .col(string_len("key", 255))
        .col(string_len("fingerprint", 64))
        .col(small_integer("status"))
        .col(text("headers"))
        .col(text("body"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col(Alias::new("actor")).col(Alias::new("key")))
        .to_owned()
}

fn uploads() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("uploads"))
        .col(uuid("id").primary_key())
        .col(string_len("owner", 400))
        .col(string_len("name", 255))
        .col(big_integer("size"))
        .col(big_integer("received"))
        .col(string_len_null("sha256", 64))
        .col(uuid_null("file_id"))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned()
}

fn files() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("files"))
        .col(uuid("id").primary_key())
        .col(string_len("sha256", 64))
        .col(big_integer("size"))
        .col(string_len("media_type", 127))
        .col(string_len("name", 255))
        .col(string_len("state", 16))
        .col(string_null("reason"))
        .col(string_len("owner", 400))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned()
}

fn assignments() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("assignments"))
        .col(uuid("id").primary_key())
        .col(string_len("subject", 400))
        .col(string_len("name", 255))
        .col(string_len("title", 255))
        .col(uuid_null("unit_id"))
        .col(string_len("role", 40))
        .col(timestamp_with_time_zone("valid_from"))
        .col(timestamp_with_time_zone_null("valid_to"))
        .to_owned()
}
