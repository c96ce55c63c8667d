//! The internal process: hand-overs, consultations, visits, corrections, and what an open dossier remembers of them.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, string_len, string_len_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 4] = ["handovers", "consultations", "visits", "corrections"];

const COLUMNS: [&str; 4] = ["handovers", "step_due_at", "originals", "corrections"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            m.alter_table(Table::alter().table("dossiers").add_column(column).to_owned()).await?;
        }
        for table in [handovers(), consultations(), visits(), corrections()] {
            m.create_table(table).await?;
        }
        for index in indices() {
            m.create_index(index).await?;
        }
        m.get_connection().execute_unprepared(OPEN).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.iter().rev() {
            m.drop_table(Table::drop().table(*table).to_owned()).await?;
        }
        for column in COLUMNS {
            m.alter_table(Table::alter().table("dossiers").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// Open consultations by their last day, for those who warn.
const OPEN: &str = "CREATE INDEX consultations_open ON consultations (due_at, id) WHERE state = 'open'";

fn columns() -> Vec<ColumnDef> {
    vec![
        integer("handovers").default(0).to_owned(),
        timestamp_with_time_zone_null("step_due_at"),
        text_null("originals"),
        integer("corrections").default(0).to_owned(),
    ]
}

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        index("consultations_dossier", "consultations", &["dossier_id", "id"]),
        index("consultations_unit", "consultations", &["unit_id", "id"]),
        index("consultations_unit_state", "consultations", &["unit_id", "state", "id"]),
        index("consultations_asking", "consultations", &["asking_unit_id", "id"]),
        index("consultations_file", "consultations", &["file_id"]),
        index("visits_dossier", "visits", &["dossier_id", "id"]),
    ]
}

/// A table whose rows hang on a dossier.
fn of_dossier(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(uuid("dossier_id"))
        .foreign_key(ForeignKey::create().from(table, "dossier_id").to("dossiers", "id"))
        .to_owned()
}

fn handovers() -> TableCreateStatement {
    of_dossier("handovers")
        .col(integer("seq"))
        .col(string_len_null("step", 60))
        .col(string_len("step_name", 600))
        .col(uuid("unit_id"))
        .col(string_len_null("giver", 200))
        .col(string_len_null("giver_name", 200))
        .col(timestamp_with_time_zone("given_at"))
        .col(string_len_null("receiver", 200))
        .col(string_len_null("receiver_name", 200))
        .col(timestamp_with_time_zone_null("received_at"))
        .col(timestamp_with_time_zone_null("due_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(string_len_null("outcome", 10))
        .col(text_null("note_sealed"))
        .primary_key(Index::create().col("dossier_id").col("seq"))
        .to_owned()
}

fn consultations() -> TableCreateStatement {
    of_dossier("consultations")
        .col(uuid("id").primary_key())
        .col(uuid("asking_unit_id"))
        .col(uuid("unit_id"))
        .col(string_len("state", 10))
        .col(text("question_sealed"))
        .col(text("papers"))
        .col(string_len("asked_by", 200))
        .col(string_len("asked_name", 200))
        .col(timestamp_with_time_zone("asked_at"))
        .col(timestamp_with_time_zone("due_at"))
        .col(text_null("answer_sealed"))
        .col(uuid_null("file_id"))
        .col(string_len_null("answered_by", 200))
        .col(string_len_null("answered_name", 200))
        .col(timestamp_with_time_zone_null("answered_at"))
        .foreign_key(ForeignKey::create().from("consultations", "unit_id").to("units", "id"))
        .foreign_key(ForeignKey::create().from("consultations", "asking_unit_id").to("units", "id"))
        .to_owned()
}

fn visits() -> TableCreateStatement {
    of_dossier("visits")
        .col(uuid("id").primary_key())
        .col(integer("entry"))
        .col(timestamp_with_time_zone("visited_at"))
        .col(text("report_sealed"))
        .col(string_len("recorded_by", 200))
        .col(string_len("recorded_name", 200))
        .col(timestamp_with_time_zone("recorded_at"))
        .to_owned()
}

fn corrections() -> TableCreateStatement {
    of_dossier("corrections")
        .col(integer("seq"))
        .col(integer("entry"))
        .col(string_len("outcome", 12))
        .col(string_len("number", 60))
        .col(string_len("result_code", 60))
        .col(uuid("file_id"))
        .col(string_len("signed_by", 200))
        .col(timestamp_with_time_zone("decided_at"))
        .col(text("reason_sealed"))
        .col(string_len("corrected_by", 200))
        .col(string_len("corrected_name", 200))
        .col(timestamp_with_time_zone("corrected_at"))
        .primary_key(Index::create().col("dossier_id").col("seq"))
        .to_owned()
}
