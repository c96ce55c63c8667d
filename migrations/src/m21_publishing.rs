//! What the national database publishes, when it was asked, and the drafts of revisions that came of it.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, integer_null, string_len, string_len_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 4] = ["revision_drafts", "pulled_procedures", "catalogue_pulls", "national_lines"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [pulls(), pulled(), drafts(), lines()] {
            m.create_table(table).await?;
        }
        m.create_index(index("revision_drafts_state", "revision_drafts", &["state", "id"])).await?;
        m.create_index(index("revision_drafts_code", "revision_drafts", &["national_code", "id"])).await?;
        m.create_index(index("revision_drafts_based_on", "revision_drafts", &["based_on"])).await?;
        m.create_index(index("revision_drafts_revision", "revision_drafts", &["revision_id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn pulls() -> TableCreateStatement {
    Table::create()
        .table("catalogue_pulls")
        .col(uuid("id").primary_key())
        .col(text("codes"))
        .col(string_len("asked_by", 200))
        .col(string_len("asked_name", 200))
        .col(timestamp_with_time_zone("asked_at"))
        .col(integer_null("listed"))
        .col(integer_null("to_read"))
        .col(timestamp_with_time_zone_null("listed_at"))
        .to_owned()
}

fn pulled() -> TableCreateStatement {
    Table::create()
        .table("pulled_procedures")
        .col(uuid("pull_id"))
        .col(string_len("national_code", 40))
        .col(string_len("outcome", 12))
        .col(uuid_null("draft_id"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("pull_id").col("national_code"))
        .foreign_key(ForeignKey::create().from("pulled_procedures", "pull_id").to("catalogue_pulls", "id"))
        .to_owned()
}

fn drafts() -> TableCreateStatement {
    Table::create()
        .table("revision_drafts")
        .col(uuid("id").primary_key())
        .col(string_len("national_code", 40))
        .col(uuid_null("based_on"))
        .col(text("content"))
        .col(text("published"))
        .col(text("remarks"))
        .col(string_len("state", 12))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("changed_at"))
        .col(string_len_null("changed_name", 200))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(string_len_null("ended_by", 200))
        .col(string_len_null("ended_name", 200))
        .col(text_null("reason"))
        .col(uuid_null("revision_id"))
        .foreign_key(ForeignKey::create().from("revision_drafts", "based_on").to("procedure_revisions", "id"))
        .foreign_key(
            ForeignKey::create().from("revision_drafts", "revision_id").to("procedure_revisions", "id"),
        )
        .to_owned()
}

fn lines() -> TableCreateStatement {
    Table::create()
        .table("national_lines")
        .col(string_len("list", 12))
        .col(string_len("code", 60))
        .col(string_len("name", 1000))
        .col(string_len("detail", 60))
        .col(timestamp_with_time_zone("seen_at"))
        .primary_key(Index::create().col("list").col("code"))
        .to_owned()
}
