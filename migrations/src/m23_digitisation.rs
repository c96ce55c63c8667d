//! Digitisation: the queue of papers, what each stage found, pages and fields, batches of old papers.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, date, date_null, integer, integer_null, string_len, string_len_null, text,
    text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            digitisation_starts(),
            digitisation_targets(),
            paper_batches(),
            digitisations(),
            digitisation_events(),
            digitisation_stages(),
            digitised_pages(),
            digitised_fields(),
            uses(),
        ] {
            m.create_table(table).await?;
        }
        m.alter_table(
            Table::alter()
                .table("files")
                .add_column(string_len("virus_scan", 12).default("not_scanned"))
                .to_owned(),
        )
        .await?;
        m.alter_table(
            Table::alter().table("files").add_column(string_len_null("virus_engine", 200)).to_owned(),
        )
        .await?;
        m.alter_table(Table::alter().table("papers").add_column(uuid_null("document_id")).to_owned()).await?;
        for index in indices() {
            m.create_index(index).await?;
        }
        m.get_connection().execute_unprepared(PARTIAL).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.get_connection().execute_unprepared("DROP INDEX digitisations_open").await?;
        m.get_connection().execute_unprepared("DROP INDEX digitisations_of_open").await?;
        m.alter_table(Table::alter().table("files").drop_column("virus_scan").to_owned()).await?;
        m.alter_table(Table::alter().table("files").drop_column("virus_engine").to_owned()).await?;
        m.alter_table(Table::alter().table("papers").drop_column("document_id").to_owned()).await?;
        for table in [
            "digitisation_uses",
            "digitised_fields",
            "digitised_pages",
            "digitisation_stages",
            "digitisation_events",
            "digitisations",
            "paper_batches",
            "digitisation_targets",
            "digitisation_starts",
        ] {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Open items are few beside those filed.
const PARTIAL: &str = "CREATE INDEX digitisations_open ON digitisations (unit_id, id) WHERE ended_at IS NULL; \
     CREATE INDEX digitisations_of_open ON digitisations (dossier_id) WHERE ended_at IS NULL;";

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        index("digitisations_unit", "digitisations", &["unit_id", "id"]),
        index("digitisations_opened", "digitisations", &["unit_id", "opened_at"]),
        index("digitisations_dossier", "digitisations", &["dossier_id", "id"]),
        index("digitisations_batch", "digitisations", &["batch_id", "id"]),
        index("digitisations_file", "digitisations", &["file_id"]),
        index("digitisations_paper", "digitisations", &["paper_id"]).unique().to_owned(),
        index("paper_batches_unit", "paper_batches", &["unit_id", "id"]),
        index("digitised_fields_state", "digitised_fields", &["state", "digitisation_id"]),
        index("digitisations_document", "digitisations", &["document_id"]),
        index("digitised_fields_updated", "digitised_fields", &["updated_at"]),
        index("digitisation_uses_of", "digitisation_uses", &["digitisation_id", "id"]),
        index("digitisations_type", "digitisations", &["paper_type", "id"]),
        index("digitisations_working", "digitisations", &["state", "updated_at"]),
        index("digitisation_events_item", "digitisation_events", &["digitisation_id", "id"]),
    ]
}

fn digitisation_starts() -> TableCreateStatement {
    Table::create()
        .table("digitisation_starts")
        .col(string_len("tier", 12).primary_key())
        .col(date("starts_on"))
        .col(string_len("source", 200))
        .to_owned()
}

fn digitisation_targets() -> TableCreateStatement {
    Table::create()
        .table("digitisation_targets")
        .col(string_len("plan", 120))
        .col(string_len("tier", 12))
        .col(string_len("kind", 10))
        .col(integer("percent"))
        .col(date("from_day"))
        .col(date("until_day"))
        .col(string_len("source", 200))
        .primary_key(Index::create().col("plan").col("tier").col("kind"))
        .to_owned()
}

fn digitisation_events() -> TableCreateStatement {
    Table::create()
        .table("digitisation_events")
        .col(uuid("id").primary_key())
        .col(uuid("digitisation_id"))
        .col(string_len("kind", 12))
        .col(string_len("by_subject", 200))
        .col(string_len("by_name", 200))
        .col(text_null("words_sealed"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(
            ForeignKey::create().from("digitisation_events", "digitisation_id").to("digitisations", "id"),
        )
        .to_owned()
}

fn paper_batches() -> TableCreateStatement {
    Table::create()
        .table("paper_batches")
        .col(uuid("id").primary_key())
        .col(uuid("unit_id"))
        .col(string_len("title", 200))
        .col(string_len("kind", 12))
        .col(string_len("box_number", 60))
        .col(integer("expected"))
        .col(string_len_null("plan", 200))
        .col(string_len("begun_by", 200))
        .col(string_len("begun_name", 200))
        .col(timestamp_with_time_zone("begun_at"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("paper_batches", "unit_id").to("units", "id"))
        .to_owned()
}

fn digitisations() -> TableCreateStatement {
    Table::create()
        .table("digitisations")
        .col(uuid("id").primary_key())
        .col(uuid("unit_id"))
        .col(string_len("tier", 12))
        .col(string_len("origin", 10))
        .col(string_len("kind", 10))
        .col(string_len("ground", 20))
        .col(uuid_null("dossier_id"))
        .col(uuid_null("paper_id"))
        .col(string_len_null("component", 60))
        .col(uuid_null("batch_id"))
        .col(string_len_null("folder", 60))
        .col(string_len_null("inventory", 60))
        .col(string_len("name", 400))
        .col(string_len_null("paper_type", 60))
        .col(text_null("owner_sealed"))
        .col(string_len_null("owner_index", 64))
        .col(uuid_null("file_id"))
        .col(string_len("stage", 12))
        .col(string_len("state", 10))
        .col(string_len_null("waits_for", 20))
        .col(text_null("trouble"))
        .col(integer("attempts"))
        .col(integer("priority"))
        .col(integer_null("pages"))
        .col(integer("pages_done"))
        .col(timestamp_with_time_zone_null("cancelled_at"))
        .col(uuid_null("document_id"))
        .col(date_null("valid_until"))
        .col(string_len_null("scanned_by", 200))
        .col(string_len_null("scanned_name", 200))
        .col(timestamp_with_time_zone("opened_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("swept_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("digitisations", "unit_id").to("units", "id"))
        .foreign_key(ForeignKey::create().from("digitisations", "dossier_id").to("dossiers", "id"))
        .foreign_key(ForeignKey::create().from("digitisations", "batch_id").to("paper_batches", "id"))
        .to_owned()
}

fn digitisation_stages() -> TableCreateStatement {
    Table::create()
        .table("digitisation_stages")
        .col(uuid("digitisation_id"))
        .col(string_len("stage", 12))
        .col(string_len("outcome", 12))
        .col(text("report"))
        .col(text_null("report_sealed"))
        .col(string_len_null("output_sha256", 64))
        .col(string_len("engine", 100))
        .col(big_integer("millis"))
        .col(timestamp_with_time_zone("ended_at"))
        .primary_key(Index::create().col("digitisation_id").col("stage"))
        .foreign_key(
            ForeignKey::create().from("digitisation_stages", "digitisation_id").to("digitisations", "id"),
        )
        .to_owned()
}

fn digitised_pages() -> TableCreateStatement {
    Table::create()
        .table("digitised_pages")
        .col(uuid("digitisation_id"))
        .col(integer("page"))
        .col(string_len("picture_sha256", 64))
        .col(integer("width"))
        .col(integer("height"))
        .col(integer("dpi"))
        .col(integer("turned"))
        .col(text_null("text_sealed"))
        .col(integer_null("confidence"))
        .col(big_integer("millis"))
        .primary_key(Index::create().col("digitisation_id").col("page"))
        .foreign_key(
            ForeignKey::create().from("digitised_pages", "digitisation_id").to("digitisations", "id"),
        )
        .to_owned()
}

fn digitised_fields() -> TableCreateStatement {
    Table::create()
        .table("digitised_fields")
        .col(uuid("digitisation_id"))
        .col(string_len("name", 60))
        .col(text_null("read_sealed"))
        .col(integer("confidence"))
        .col(integer_null("page"))
        .col(integer_null("place_left"))
        .col(integer_null("place_top"))
        .col(integer_null("place_width"))
        .col(integer_null("place_height"))
        .col(string_len("state", 10))
        .col(boolean("drawn"))
        .col(string_len_null("first_by", 200))
        .col(text_null("first_sealed"))
        .col(string_len_null("second_by", 200))
        .col(text_null("second_sealed"))
        .col(string_len_null("third_by", 200))
        .col(text_null("final_sealed"))
        .col(string_len_null("machine_right", 8))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("digitisation_id").col("name"))
        .foreign_key(
            ForeignKey::create().from("digitised_fields", "digitisation_id").to("digitisations", "id"),
        )
        .to_owned()
}

fn uses() -> TableCreateStatement {
    Table::create()
        .table("digitisation_uses")
        .col(uuid("id").primary_key())
        .col(uuid("digitisation_id"))
        .col(string_len("kind", 10))
        .col(integer_null("page"))
        .col(string_len("by_subject", 200))
        .col(string_len("by_name", 200))
        .col(string_len("purpose", 400))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(
            ForeignKey::create().from("digitisation_uses", "digitisation_id").to("digitisations", "id"),
        )
        .to_owned()
}
