//! What was erased when the term of a dossier was over, and what holds a dossier beyond it.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, string_len, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(erasures()).await?;
        m.create_table(holds()).await?;
        m.create_index(index("holds_dossier", "holds", &["dossier_id"])).await?;
        m.create_index(index("erasures_bytes", "erasures", &["bytes_gone_at"])).await?;
        m.create_index(index("dossiers_term", "dossiers", &["revision_id", "id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_index(Index::drop().name("dossiers_term").table("dossiers").to_owned()).await?;
        m.drop_table(Table::drop().table("holds").to_owned()).await?;
        m.drop_table(Table::drop().table("erasures").to_owned()).await
    }
}

fn erasures() -> TableCreateStatement {
    Table::create()
        .table("erasures")
        .col(uuid("dossier_id").primary_key())
        .col(integer("years"))
        .col(big_integer("cells"))
        .col(integer("files"))
        .col(text("places"))
        .col(timestamp_with_time_zone("erased_at"))
        .col(timestamp_with_time_zone_null("bytes_gone_at"))
        .foreign_key(ForeignKey::create().from("erasures", "dossier_id").to("dossiers", "id"))
        .to_owned()
}

fn holds() -> TableCreateStatement {
    Table::create()
        .table("holds")
        .col(uuid("id").primary_key())
        .col(uuid("dossier_id"))
        .col(string_len("reason", 400))
        .col(timestamp_with_time_zone("placed_at"))
        .col(timestamp_with_time_zone_null("lifted_at"))
        .foreign_key(ForeignKey::create().from("holds", "dossier_id").to("dossiers", "id"))
        .to_owned()
}
