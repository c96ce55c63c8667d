//! Warnings: what was said to whom on which occasion, and when a dossier is to be looked at for the next one.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, string_len, string_len_null, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in COLUMNS {
            let column = timestamp_with_time_zone_null(column);
            m.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
        }
        m.create_table(warnings()).await?;
        m.create_index(index("warnings_addressee", "warnings", &["addressee", "id"])).await?;
        m.create_index(index("warnings_unit", "warnings", &["unit_id"])).await?;
        m.get_connection().execute_unprepared(PARTIAL).await?;
        m.get_connection().execute_unprepared(WATCHED).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("warnings").to_owned()).await?;
        m.get_connection().execute_unprepared("DROP INDEX dossiers_watch").await?;
        for (table, column) in COLUMNS {
            m.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

const COLUMNS: [(&str, &str); 2] = [("dossiers", "watch_at"), ("shipments", "undelivered_at")];

/// Both hold only what is still to be looked at.
const PARTIAL: &str = "CREATE INDEX dossiers_watch ON dossiers (watch_at, id) WHERE watch_at IS NOT NULL; \
     CREATE INDEX warnings_open ON warnings (addressee, id) WHERE seen_at IS NULL;";

/// Every open dossier is looked at once.
const WATCHED: &str = "UPDATE dossiers SET watch_at = updated_at \
     WHERE status NOT IN ('refused', 'withdrawn', 'stopped', 'returned')";

fn warnings() -> TableCreateStatement {
    Table::create()
        .table("warnings")
        .col(uuid("id").primary_key())
        .col(uuid("dossier_id"))
        .col(string_len("kind", 24))
        .col(string_len("occasion", 64))
        .col(string_len("audience", 16))
        .col(uuid("unit_id"))
        .col(string_len("addressee", 440))
        .col(integer("entry"))
        .col(text("vi"))
        .col(text("en"))
        .col(timestamp_with_time_zone("given_at"))
        .col(string_len_null("seen_by", 400))
        .col(string_len_null("seen_name", 255))
        .col(timestamp_with_time_zone_null("seen_at"))
        .index(
            Index::create()
                .unique()
                .name("warnings_occasion")
                .col("dossier_id")
                .col("kind")
                .col("occasion")
                .col("audience"),
        )
        .foreign_key(ForeignKey::create().from("warnings", "dossier_id").to("dossiers", "id"))
        .foreign_key(ForeignKey::create().from("warnings", "unit_id").to("units", "id"))
        .to_owned()
}
