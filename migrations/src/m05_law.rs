//! What the law asks to be kept: the terms a clock counts under, the desk a dossier lies on, its parent, its extension.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, integer_null, text_null, timestamp_with_time_zone_null, uuid_null};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.alter_table(Table::alter().table("clock_events").add_column(text_null("terms")).to_owned()).await?;
        for column in columns() {
            m.alter_table(Table::alter().table("dossiers").add_column(column).to_owned()).await?;
        }
        let db = m.get_connection();
        db.execute_unprepared("DROP INDEX dossiers_queue").await?;
        db.execute_unprepared("DROP INDEX dossiers_queue_free").await?;
        db.execute_unprepared("UPDATE dossiers SET desk_id = unit_id, first_due_at = due_at").await?;
        db.execute_unprepared(QUEUES).await?;
        m.create_index(index("dossiers_parent", "dossiers", &["parent_id", "place_in_line"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_connection();
        for index in ["dossiers_parent", "dossiers_queue", "dossiers_queue_free"] {
            db.execute_unprepared(&format!("DROP INDEX {index}")).await?;
        }
        for column in COLUMNS {
            m.alter_table(Table::alter().table("dossiers").drop_column(column).to_owned()).await?;
        }
        m.alter_table(Table::alter().table("clock_events").drop_column("terms").to_owned()).await?;
        db.execute_unprepared(QUEUES_BEFORE).await?;
        Ok(())
    }
}

const COLUMNS: [&str; 7] =
    ["desk_id", "parent_id", "place_in_line", "extensions", "first_due_at", "apology_by", "ask_by"];

fn columns() -> Vec<ColumnDef> {
    vec![
        uuid_null("desk_id"),
        uuid_null("parent_id"),
        integer_null("place_in_line"),
        integer("extensions").default(0).to_owned(),
        timestamp_with_time_zone_null("first_due_at"),
        timestamp_with_time_zone_null("apology_by"),
        timestamp_with_time_zone_null("ask_by"),
    ]
}

/// The queues follow the desk, not the unit of reception.
const QUEUES: &str = "CREATE INDEX dossiers_queue ON dossiers (desk_id, act_by, id) WHERE turn = 'agency'; \
     CREATE INDEX dossiers_queue_free ON dossiers (desk_id, waits_for, act_by, id) WHERE turn = 'agency' AND assignee IS NULL;";

const QUEUES_BEFORE: &str = "CREATE INDEX dossiers_queue ON dossiers (unit_id, act_by, id) WHERE turn = 'agency'; \
     CREATE INDEX dossiers_queue_free ON dossiers (unit_id, waits_for, act_by, id) WHERE turn = 'agency' AND assignee IS NULL;";
