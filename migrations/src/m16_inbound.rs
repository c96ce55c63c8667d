//! What the national portal sends: its messages, its own key on a dossier, papers that come behind links, flags for the desk, land tax.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, date_null, integer, string_len, string_len_null, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [string_len_null("national_id", 100), timestamp_with_time_zone_null("sent_at")] {
            m.alter_table(Table::alter().table("dossiers").add_column(column).to_owned()).await?;
        }
        for table in [messages(), papers(), flags(), tax_notices(), tax_receipts()] {
            m.create_table(table).await?;
        }
        for index in indices() {
            m.create_index(index).await?;
        }
        m.get_connection().execute_unprepared(PARTIAL).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in ["tax_receipts", "tax_notices", "flags", "portal_papers", "portal_messages"] {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        m.get_connection().execute_unprepared("DROP INDEX dossiers_national").await?;
        for column in ["national_id", "sent_at"] {
            m.alter_table(Table::alter().table("dossiers").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// The portal's key makes a dossier one, however often it is sent; open flags are few beside those settled.
const PARTIAL: &str = "CREATE UNIQUE INDEX dossiers_national ON dossiers (national_id) WHERE national_id IS NOT NULL; \
     CREATE INDEX flags_open ON flags (unit_id, id) WHERE settled_at IS NULL;";

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        index("portal_messages_verdict", "portal_messages", &["verdict", "id"]),
        index("portal_messages_family", "portal_messages", &["family", "id"]),
        index("portal_messages_dossier", "portal_messages", &["dossier_id", "id"]),
        index("portal_messages_national", "portal_messages", &["national_id", "id"]),
        index("portal_messages_fingerprint", "portal_messages", &["fingerprint"]),
        index("portal_papers_message", "portal_papers", &["message_id"]),
        index("portal_papers_dossier", "portal_papers", &["dossier_id"]),
        index("flags_unit", "flags", &["unit_id", "id"]),
        index("flags_dossier", "flags", &["dossier_id", "id"]),
        index("flags_subject", "flags", &["subject_id"]),
        index("tax_receipts_dossier", "tax_receipts", &["dossier_id", "id"]),
    ]
}

fn messages() -> TableCreateStatement {
    Table::create()
        .table("portal_messages")
        .col(uuid("id").primary_key())
        .col(string_len("connector", 40))
        .col(string_len("family", 60))
        .col(string_len("verdict", 24))
        .col(string_len_null("words", 500))
        .col(string_len_null("national_id", 100))
        .col(uuid_null("dossier_id"))
        .col(string_len_null("fingerprint", 64))
        .col(big_integer("size"))
        .col(boolean("whole"))
        .col(string_len("encoding", 8))
        .col(text("body_sealed"))
        .col(timestamp_with_time_zone("at"))
        .col(integer("replays"))
        .col(string_len_null("replayed_name", 255))
        .col(timestamp_with_time_zone_null("replayed_at"))
        .foreign_key(ForeignKey::create().from("portal_messages", "dossier_id").to("dossiers", "id"))
        .to_owned()
}

fn papers() -> TableCreateStatement {
    Table::create()
        .table("portal_papers")
        .col(uuid("id").primary_key())
        .col(uuid("message_id"))
        .col(uuid("dossier_id"))
        .col(string_len("part", 12))
        .col(uuid_null("subject_id"))
        .col(string_len_null("component", 60))
        .col(string_len("name", 400))
        .col(text_null("link_sealed"))
        .col(uuid_null("file_id"))
        .col(string_len("state", 12))
        .col(string_len_null("trouble", 500))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .foreign_key(ForeignKey::create().from("portal_papers", "dossier_id").to("dossiers", "id"))
        .to_owned()
}

fn flags() -> TableCreateStatement {
    Table::create()
        .table("flags")
        .col(uuid("id").primary_key())
        .col(uuid("dossier_id"))
        .col(uuid("unit_id"))
        .col(string_len("code", 40))
        .col(string_len("pointer", 300))
        .col(text("vi"))
        .col(text("en"))
        .col(text_null("detail_sealed"))
        .col(uuid_null("subject_id"))
        .col(timestamp_with_time_zone("raised_at"))
        .col(string_len_null("settled_by", 400))
        .col(string_len_null("settled_name", 255))
        .col(timestamp_with_time_zone_null("settled_at"))
        .foreign_key(ForeignKey::create().from("flags", "dossier_id").to("dossiers", "id"))
        .foreign_key(ForeignKey::create().from("flags", "unit_id").to("units", "id"))
        .to_owned()
}

fn tax_notices() -> TableCreateStatement {
    Table::create()
        .table("tax_notices")
        .col(uuid("id").primary_key())
        .col(uuid("dossier_id"))
        .col(string_len("decision", 100))
        .col(date_null("decided_on"))
        .col(string_len("item", 400))
        .col(big_integer("amount"))
        .col(text("tax_number_sealed"))
        .col(string_len("state", 8))
        .col(uuid_null("receipt_id"))
        .col(timestamp_with_time_zone_null("paid_at"))
        .col(timestamp_with_time_zone("told_at"))
        .index(
            Index::create().unique().name("tax_notices_line").col("dossier_id").col("decision").col("item"),
        )
        .foreign_key(ForeignKey::create().from("tax_notices", "dossier_id").to("dossiers", "id"))
        .to_owned()
}

fn tax_receipts() -> TableCreateStatement {
    Table::create()
        .table("tax_receipts")
        .col(uuid("id").primary_key())
        .col(uuid("dossier_id"))
        .col(string_len("notice", 100))
        .col(big_integer("amount"))
        .col(boolean("paid"))
        .col(boolean("matched"))
        .col(text("told_sealed"))
        .col(uuid_null("file_id"))
        .col(timestamp_with_time_zone_null("paid_at"))
        .col(timestamp_with_time_zone("told_at"))
        .foreign_key(ForeignKey::create().from("tax_receipts", "dossier_id").to("dossiers", "id"))
        .to_owned()
}
