//! Dossiers and everything that hangs on them; personal data only in `*_sealed` columns and blind indices.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, integer, integer_null, string_len, string_len_null, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 13] = [
    "drafts",
    "dossiers",
    "history",
    "clock_events",
    "papers",
    "supplements",
    "decisions",
    "payments",
    "payment_messages",
    "shipments",
    "portal_pushes",
    "notices",
    "code_series",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [drafts(), dossiers(), history(), clock_events(), papers(), supplements(), decisions()] {
            m.create_table(table).await?;
        }
        for table in
            [payments(), payment_messages(), shipments(), portal_pushes(), notices(), code_series(), marks()]
        {
            m.create_table(table).await?;
        }
        for index in indices() {
            m.create_index(index).await?;
        }
        m.get_connection().execute_unprepared(QUEUES).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("marks").to_owned()).await?;
        for table in TABLES.iter().rev() {
            m.drop_table(Table::drop().table(*table).to_owned()).await?;
        }
        Ok(())
    }
}

/// What waits for the agency, by due date, so that queues never scan closed dossiers.
const QUEUES: &str = "CREATE INDEX dossiers_queue ON dossiers (unit_id, act_by, id) WHERE turn = 'agency'; \
     CREATE INDEX dossiers_queue_free ON dossiers (unit_id, waits_for, act_by, id) WHERE turn = 'agency' AND assignee IS NULL;";

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        index("drafts_owner", "drafts", &["owner", "id"]),
        index("dossiers_unit", "dossiers", &["unit_id", "id"]),
        index("dossiers_unit_status", "dossiers", &["unit_id", "status", "id"]),
        index("dossiers_authority", "dossiers", &["authority_id", "id"]),
        index("dossiers_owner", "dossiers", &["owner", "id"]),
        index("dossiers_assignee", "dossiers", &["assignee", "act_by", "id"]),
        index("dossiers_applicant", "dossiers", &["applicant_index", "id"]),
        index("dossiers_name", "dossiers", &["unit_id", "applicant_folded", "id"]),
        index("papers_dossier", "papers", &["dossier_id", "id"]),
        index("papers_file", "papers", &["file_id"]),
        index("payments_dossier", "payments", &["dossier_id", "id"]),
        index("payments_state", "payments", &["state", "opened_at"]),
        index("payment_messages_payment", "payment_messages", &["payment_id"]),
        index("shipments_dossier", "shipments", &["dossier_id"]),
        index("shipments_order", "shipments", &["order_number"]),
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

fn drafts() -> TableCreateStatement {
    Table::create()
        .table("drafts")
        .col(uuid("id").primary_key())
        .col(string_len("owner", 200))
        .col(uuid("procedure_id"))
        .col(text("body_sealed"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(ForeignKey::create().from("drafts", "procedure_id").to("procedures", "id"))
        .to_owned()
}

fn dossiers() -> TableCreateStatement {
    Table::create()
        .table("dossiers")
        .col(uuid("id").primary_key())
        .col(string_len("code", 60).unique_key())
        .col(uuid("procedure_id"))
        .col(uuid("revision_id"))
        .col(string_len("regime", 10))
        .col(uuid("unit_id"))
        .col(uuid("authority_id"))
        .col(uuid_null("support_unit_id"))
        .col(string_len("channel", 10))
        .col(string_len("status", 24))
        .col(string_len_null("step", 60))
        .col(string_len("turn", 10))
        .col(string_len("waits_for", 30))
        .col(timestamp_with_time_zone("act_by"))
        .col(string_len_null("assignee", 200))
        .col(string_len_null("assignee_name", 200))
        .col(string_len("owner", 200))
        .col(string_len("applicant_kind", 20))
        .col(string_len("applicant_name", 200))
        .col(string_len("applicant_folded", 200))
        .col(string_len_null("applicant_index", 64))
        .col(text("applicant_sealed"))
        .col(boolean("identity_verified"))
        .col(string_len("summary", 1000))
        .col(text("form_sealed"))
        .col(text("quote"))
        .col(big_integer("fee_total"))
        .col(string_len("fee_state", 10))
        .col(string_len("return_method", 12))
        .col(integer("rounds"))
        .col(boolean("supplement_answered"))
        .col(string_len("system_of_record", 30))
        .col(integer("entries"))
        .col(integer("clock_events"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("submitted_at"))
        .col(timestamp_with_time_zone_null("answer_due_at"))
        .col(timestamp_with_time_zone_null("received_at"))
        .col(timestamp_with_time_zone_null("due_at"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(timestamp_with_time_zone_null("returned_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(ForeignKey::create().from("dossiers", "revision_id").to("procedure_revisions", "id"))
        .foreign_key(ForeignKey::create().from("dossiers", "unit_id").to("units", "id"))
        .foreign_key(ForeignKey::create().from("dossiers", "authority_id").to("units", "id"))
        .to_owned()
}

fn history() -> TableCreateStatement {
    of_dossier("history")
        .col(integer("seq"))
        .col(string_len("act", 24))
        .col(string_len_null("from_status", 24))
        .col(string_len("to_status", 24))
        .col(string_len_null("step", 60))
        .col(string_len("actor", 200))
        .col(string_len("actor_name", 200))
        .col(string_len("actor_title", 200))
        .col(text_null("note_sealed"))
        .col(timestamp_with_time_zone("at"))
        .col(string_len_null("trace", 60))
        .primary_key(Index::create().col("dossier_id").col("seq"))
        .to_owned()
}

fn clock_events() -> TableCreateStatement {
    of_dossier("clock_events")
        .col(integer("seq"))
        .col(string_len("kind", 12))
        .col(timestamp_with_time_zone("at"))
        .col(timestamp_with_time_zone_null("extended_to"))
        .col(integer("entry"))
        .primary_key(Index::create().col("dossier_id").col("seq"))
        .to_owned()
}

fn papers() -> TableCreateStatement {
    of_dossier("papers")
        .col(uuid("id").primary_key())
        .col(uuid_null("file_id"))
        .col(string_len("part", 12))
        .col(string_len_null("component", 60))
        .col(string_len("source", 12))
        .col(integer("round"))
        .col(string_len("name", 400))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned()
}

fn supplements() -> TableCreateStatement {
    of_dossier("supplements")
        .col(integer("round"))
        .col(string_len("stage", 12))
        .col(text("reason_sealed"))
        .col(text("components"))
        .col(string_len("requested_by", 200))
        .col(timestamp_with_time_zone("requested_at"))
        .col(timestamp_with_time_zone_null("due_before"))
        .col(string_len_null("answered_by", 200))
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(timestamp_with_time_zone_null("due_after"))
        .primary_key(Index::create().col("dossier_id").col("round"))
        .to_owned()
}

fn decisions() -> TableCreateStatement {
    of_dossier("decisions")
        .col(uuid("id").primary_key())
        .col(string_len("outcome", 12))
        .col(string_len("number", 60))
        .col(string_len("result_code", 60))
        .col(uuid("file_id"))
        .col(string_len("signed_by", 200))
        .col(timestamp_with_time_zone("decided_at"))
        .index(Index::create().unique().name("decisions_dossier").col("dossier_id"))
        .to_owned()
}

fn payments() -> TableCreateStatement {
    of_dossier("payments")
        .col(uuid("id").primary_key())
        .col(string_len("reference", 40).unique_key())
        .col(string_len("platform", 40))
        .col(big_integer("amount"))
        .col(string_len("currency", 3))
        .col(string_len("state", 20))
        .col(text_null("pay_url"))
        .col(string_len_null("client_ip", 45))
        .col(string_len_null("transaction_id", 100))
        .col(text_null("trouble"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(timestamp_with_time_zone_null("paid_at"))
        .index(Index::create().unique().name("payments_transaction").col("platform").col("transaction_id"))
        .to_owned()
}

fn payment_messages() -> TableCreateStatement {
    Table::create()
        .table("payment_messages")
        .col(uuid("id").primary_key())
        .col(uuid_null("payment_id"))
        .col(string_len("platform", 40))
        .col(string_len("verdict", 40))
        .col(text("body"))
        .col(timestamp_with_time_zone("at"))
        .to_owned()
}

fn shipments() -> TableCreateStatement {
    of_dossier("shipments")
        .col(uuid("id").primary_key())
        .col(string_len("leg", 12))
        .col(string_len("carrier", 40))
        .col(string_len("order_number", 60))
        .col(string_len("state", 24))
        .col(string_len_null("raw_code", 40))
        .col(text_null("raw_message_sealed"))
        .col(integer("failed_attempts"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("ordered_at"))
        .col(timestamp_with_time_zone_null("delivered_at"))
        .index(Index::create().unique().name("shipments_leg").col("dossier_id").col("leg"))
        .to_owned()
}

fn portal_pushes() -> TableCreateStatement {
    of_dossier("portal_pushes")
        .col(integer("entry"))
        .col(text("request_sealed"))
        .col(text("answer"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("dossier_id").col("entry"))
        .to_owned()
}

fn notices() -> TableCreateStatement {
    of_dossier("notices")
        .col(uuid("id").primary_key())
        .col(integer("entry"))
        .col(string_len("event", 30))
        .col(string_len("channel", 10))
        .col(string_len("recipient_index", 64))
        .col(timestamp_with_time_zone("handed_over_at"))
        .index(
            Index::create()
                .unique()
                .name("notices_once")
                .col("dossier_id")
                .col("entry")
                .col("event")
                .col("channel")
                .col("recipient_index"),
        )
        .to_owned()
}

fn code_series() -> TableCreateStatement {
    Table::create()
        .table("code_series")
        .col(string_len("prefix", 60).primary_key())
        .col(integer("last"))
        .to_owned()
}

fn marks() -> TableCreateStatement {
    Table::create()
        .table("marks")
        .col(string_len("name", 60).primary_key())
        .col(text("value"))
        .col(integer_null("number"))
        .col(timestamp_with_time_zone("updated_at"))
        .to_owned()
}
