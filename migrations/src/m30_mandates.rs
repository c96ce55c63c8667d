//! Who handed a dossier in for somebody else, on what ground and until when.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date_null, string_len, string_len_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const COLUMNS: [&str; 2] = ["holder", "held_until"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [string_len_null("holder", 200), timestamp_with_time_zone_null("held_until")] {
            m.alter_table(Table::alter().table("dossiers").add_column(column).to_owned()).await?;
        }
        m.get_connection().execute_unprepared(HELD).await?;
        m.create_table(mandates()).await?;
        m.create_index(index("mandates_proof", "mandates", &["proof_id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("mandates").to_owned()).await?;
        m.get_connection().execute_unprepared("DROP INDEX dossiers_holder").await?;
        for column in COLUMNS {
            m.alter_table(Table::alter().table("dossiers").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// What somebody holds for others, newest first.
const HELD: &str = "CREATE INDEX dossiers_holder ON dossiers (holder, id) WHERE holder IS NOT NULL";

fn mandates() -> TableCreateStatement {
    Table::create()
        .table("mandates")
        .col(uuid("dossier_id").primary_key())
        .col(string_len("ground", 20))
        .col(string_len_null("way", 10))
        .col(date_null("given_on"))
        .col(date_null("until"))
        .col(string_len("holder", 200))
        .col(text("holder_sealed"))
        .col(string_len_null("holder_index", 64))
        .col(text_null("witness_sealed"))
        .col(uuid_null("proof_id"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(string_len_null("ended_by", 200))
        .col(text_null("ended_reason_sealed"))
        .foreign_key(ForeignKey::create().from("mandates", "dossier_id").to("dossiers", "id"))
        .foreign_key(ForeignKey::create().from("mandates", "proof_id").to("files", "id"))
        .to_owned()
}
