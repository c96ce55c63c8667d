//! Forms as they were issued: what they said, sealed, and the file that was made of it.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer_null, integer, integer_null, string_len, string_len_null, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(forms()).await?;
        m.create_index(index("dossiers_unit_received", "dossiers", &["unit_id", "received_at", "id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_index(Index::drop().name("dossiers_unit_received").table("dossiers").to_owned()).await?;
        m.drop_table(Table::drop().table("forms").to_owned()).await
    }
}

fn forms() -> TableCreateStatement {
    Table::create()
        .table("forms")
        .col(uuid("id").primary_key())
        .col(uuid_null("dossier_id"))
        .col(integer_null("entry"))
        .col(string_len("kind", 24))
        .col(uuid("unit_id"))
        .col(string_len("regime", 10))
        .col(integer("year"))
        .col(integer("number"))
        .col(text("content_sealed"))
        .col(timestamp_with_time_zone("issued_at"))
        .col(string_len_null("sha256", 64))
        .col(big_integer_null("size"))
        .col(timestamp_with_time_zone_null("made_at"))
        .foreign_key(ForeignKey::create().from("forms", "dossier_id").to("dossiers", "id"))
        .foreign_key(ForeignKey::create().from("forms", "unit_id").to("units", "id"))
        .index(Index::create().unique().name("forms_once").col("dossier_id").col("entry").col("kind"))
        .index(
            Index::create()
                .unique()
                .name("forms_number")
                .col("unit_id")
                .col("kind")
                .col("year")
                .col("number"),
        )
        .to_owned()
}
