//! Money in the office: who pays, until when, numbered receipts, accounts of units, and statements with their differences.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, date, date_null, integer, string_len, string_len_null, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns() {
            m.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
        }
        for table in
            [unit_accounts(), receipt_series(), receipts(), hand_receipts(), statements(), differences()]
        {
            m.create_table(table).await?;
        }
        for index in indices() {
            m.create_index(index).await?;
        }
        m.get_connection().execute_unprepared(PARTIAL).await?;
        m.get_connection().execute_unprepared(WITHOUT_RECEIPT).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.iter().rev() {
            m.drop_table(Table::drop().table(*table).to_owned()).await?;
        }
        let db = m.get_connection();
        db.execute_unprepared(GONE).await?;
        for (table, column) in columns().iter().rev() {
            let column = column.get_column_name();
            m.alter_table(Table::alter().table(*table).drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

const TABLES: [&str; 6] =
    ["unit_accounts", "receipt_series", "receipts", "hand_receipts", "statements", "statement_differences"];

/// Attempts that may run out, money without a receipt, differences that nobody has settled, what strangers sent to the address of a platform; one
/// statement of a source and a day counts.
const PARTIAL: &str = "CREATE INDEX payments_expiry ON payments (expires_at) WHERE state IN ('opening', 'pending'); \
     CREATE INDEX payments_receipt_due ON payments (unit_id, paid_at, id) WHERE receipt_due_at IS NOT NULL; \
     CREATE INDEX statement_differences_open ON statement_differences (unit_id, id) WHERE state = 'open'; \
     CREATE UNIQUE INDEX statements_platform_once ON statements (platform, day) WHERE replaced_at IS NULL; \
     CREATE UNIQUE INDEX statements_account_once ON statements (account_id, day) WHERE replaced_at IS NULL; \
     CREATE INDEX payment_messages_strangers ON payment_messages (at) WHERE payment_id IS NULL;";

/// What came through platforms before this step has no receipt.
const WITHOUT_RECEIPT: &str = "UPDATE payments SET receipt_due_at = paid_at \
     WHERE state = 'paid' AND platform NOT IN ('cash', 'pos', 'transfer', 'post')";

/// The older tables know neither the ways nor the ends of this step.
const GONE: &str = "DROP INDEX payments_expiry; DROP INDEX payments_receipt_due; DROP INDEX payment_messages_strangers; DROP INDEX payments_unit_state; DROP INDEX payments_platform; \
     DELETE FROM refunds WHERE payment_id IN (SELECT id FROM payments WHERE platform IN ('pos', 'transfer')); \
     DELETE FROM payments WHERE platform IN ('pos', 'transfer'); \
     UPDATE refunds SET state = 'approved' WHERE state = 'sent'; \
     UPDATE payments SET state = 'failed' WHERE state IN ('expired', 'cancelled'); \
     DELETE FROM code_series WHERE prefix LIKE 'receipt:%';";

fn columns() -> Vec<(&'static str, ColumnDef)> {
    vec![
        ("payments", text_null("qr_content")),
        ("payments", timestamp_with_time_zone_null("expires_at")),
        ("payments", timestamp_with_time_zone_null("receipt_due_at")),
        ("payments", uuid_null("voucher_file_id")),
        ("payments", text_null("payer_sealed")),
        ("payments", text_null("evidence_sealed")),
        ("payments", string_len_null("decided_by", 400)),
        ("payments", string_len_null("decided_name", 255)),
        ("payments", timestamp_with_time_zone_null("decided_at")),
        ("payments", text_null("rejection_sealed")),
        ("refunds", string_len_null("via", 40)),
        ("refunds", timestamp_with_time_zone_null("asked_at")),
        ("refunds", timestamp_with_time_zone_null("sent_at")),
        ("refunds", string_len_null("platform_refund", 100)),
        ("refunds", text_null("trouble")),
    ]
}

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        index("payments_unit_state", "payments", &["unit_id", "state", "id"]),
        index("payments_platform", "payments", &["platform", "paid_at"]),
        index("unit_accounts_unit", "unit_accounts", &["unit_id", "id"]),
        index("receipt_series_unit", "receipt_series", &["unit_id", "id"]),
        index("receipts_unit", "receipts", &["unit_id", "id"]),
        index("receipts_day", "receipts", &["unit_id", "day", "id"]),
        index("receipts_payment", "receipts", &["payment_id"]),
        index("receipts_dossier", "receipts", &["dossier_id", "id"]),
        index("receipts_replaces", "receipts", &["replaces"]),
        index("hand_receipts_payment", "hand_receipts", &["payment_id"]),
        index("hand_receipts_dossier", "hand_receipts", &["dossier_id"]),
        index("statements_platform", "statements", &["platform", "day"]),
        index("statements_account", "statements", &["account_id", "day"]),
        index("statements_unit", "statements", &["unit_id", "id"]),
        index("statement_differences_statement", "statement_differences", &["statement_id", "id"]),
        index("statement_differences_payment", "statement_differences", &["payment_id"]),
        index("statement_differences_dossier", "statement_differences", &["dossier_id"]),
    ]
}

fn unit_accounts() -> TableCreateStatement {
    Table::create()
        .table("unit_accounts")
        .col(uuid("id").primary_key())
        .col(uuid("unit_id"))
        .col(string_len_null("kind", 8))
        .col(string_len("bank_bin", 6))
        .col(string_len("bank_name", 200))
        .col(string_len("number", 19))
        .col(string_len("holder", 200))
        .col(date("valid_from"))
        .col(string_len("recorded_by", 400))
        .col(string_len("recorded_name", 255))
        .col(timestamp_with_time_zone("recorded_at"))
        .foreign_key(ForeignKey::create().from("unit_accounts", "unit_id").to("units", "id"))
        .to_owned()
}

fn receipt_series() -> TableCreateStatement {
    Table::create()
        .table("receipt_series")
        .col(uuid("id").primary_key())
        .col(uuid("unit_id"))
        .col(string_len("kind", 8))
        .col(string_len("medium", 12))
        .col(string_len("form_code", 20))
        .col(string_len("series_code", 20))
        .col(string_len("collector_name", 300))
        .col(string_len("collector_tax_code", 20))
        .col(string_len_null("mandate", 400))
        .col(date("first_day"))
        .col(date_null("last_day"))
        .col(string_len("recorded_by", 400))
        .col(string_len("recorded_name", 255))
        .col(timestamp_with_time_zone("recorded_at"))
        .index(
            Index::create()
                .unique()
                .name("receipt_series_once")
                .col("unit_id")
                .col("form_code")
                .col("series_code"),
        )
        .foreign_key(ForeignKey::create().from("receipt_series", "unit_id").to("units", "id"))
        .to_owned()
}

fn receipts() -> TableCreateStatement {
    Table::create()
        .table("receipts")
        .col(uuid("id").primary_key())
        .col(uuid("series_id"))
        .col(integer("year"))
        .col(integer("number"))
        .col(uuid("unit_id"))
        .col(string_len("kind", 8))
        .col(uuid("payment_id"))
        .col(uuid("dossier_id"))
        .col(string_len("way", 12))
        .col(big_integer("amount"))
        .col(text("lines"))
        .col(text("payer_sealed"))
        .col(date("day"))
        .col(string_len("issued_by", 400))
        .col(string_len("issued_name", 255))
        .col(timestamp_with_time_zone("issued_at"))
        .col(string_len("state", 12))
        .col(uuid_null("replaces"))
        .col(string_len_null("cancelled_by", 400))
        .col(string_len_null("cancelled_name", 255))
        .col(timestamp_with_time_zone_null("cancelled_at"))
        .col(text_null("cancel_reason_sealed"))
        .col(integer("version"))
        .index(Index::create().unique().name("receipts_number").col("series_id").col("year").col("number"))
        .foreign_key(ForeignKey::create().from("receipts", "series_id").to("receipt_series", "id"))
        .foreign_key(ForeignKey::create().from("receipts", "unit_id").to("units", "id"))
        .foreign_key(ForeignKey::create().from("receipts", "payment_id").to("payments", "id"))
        .foreign_key(ForeignKey::create().from("receipts", "dossier_id").to("dossiers", "id"))
        .foreign_key(ForeignKey::create().from("receipts", "replaces").to("receipts", "id"))
        .to_owned()
}

fn hand_receipts() -> TableCreateStatement {
    Table::create()
        .table("hand_receipts")
        .col(uuid("id").primary_key())
        .col(uuid("unit_id"))
        .col(integer("year"))
        .col(string_len("kind", 8))
        .col(string_len("medium", 12))
        .col(string_len("series_code", 20))
        .col(string_len("number", 100))
        .col(uuid("payment_id"))
        .col(uuid("dossier_id"))
        .col(date("day"))
        .index(
            Index::create()
                .unique()
                .name("hand_receipts_number")
                .col("unit_id")
                .col("year")
                .col("kind")
                .col("medium")
                .col("series_code")
                .col("number"),
        )
        .foreign_key(ForeignKey::create().from("hand_receipts", "unit_id").to("units", "id"))
        .foreign_key(ForeignKey::create().from("hand_receipts", "payment_id").to("payments", "id"))
        .foreign_key(ForeignKey::create().from("hand_receipts", "dossier_id").to("dossiers", "id"))
        .to_owned()
}

fn statements() -> TableCreateStatement {
    Table::create()
        .table("statements")
        .col(uuid("id").primary_key())
        .col(string_len_null("platform", 40))
        .col(uuid_null("account_id"))
        .col(uuid_null("unit_id"))
        .col(date("day"))
        .col(text("lines"))
        .col(integer("ours_count"))
        .col(big_integer("ours_sum"))
        .col(integer("theirs_count"))
        .col(big_integer("theirs_sum"))
        .col(integer("differences"))
        .col(string_len("recorded_by", 400))
        .col(string_len("recorded_name", 255))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(timestamp_with_time_zone_null("replaced_at"))
        .foreign_key(ForeignKey::create().from("statements", "account_id").to("unit_accounts", "id"))
        .foreign_key(ForeignKey::create().from("statements", "unit_id").to("units", "id"))
        .to_owned()
}

fn differences() -> TableCreateStatement {
    Table::create()
        .table("statement_differences")
        .col(uuid("id").primary_key())
        .col(uuid_null("statement_id"))
        .col(uuid_null("unit_id"))
        .col(string_len("kind", 20))
        .col(uuid_null("payment_id"))
        .col(uuid_null("dossier_id"))
        .col(string_len("reference", 200))
        .col(string_len("transaction_id", 200))
        .col(big_integer_null("ours"))
        .col(big_integer_null("theirs"))
        .col(string_len("state", 8))
        .col(text_null("words_sealed"))
        .col(string_len_null("settled_by", 400))
        .col(string_len_null("settled_name", 255))
        .col(timestamp_with_time_zone_null("settled_at"))
        .col(timestamp_with_time_zone("found_at"))
        .col(integer("version"))
        .foreign_key(
            ForeignKey::create().from("statement_differences", "statement_id").to("statements", "id"),
        )
        .foreign_key(ForeignKey::create().from("statement_differences", "unit_id").to("units", "id"))
        .foreign_key(ForeignKey::create().from("statement_differences", "payment_id").to("payments", "id"))
        .foreign_key(ForeignKey::create().from("statement_differences", "dossier_id").to("dossiers", "id"))
        .to_owned()
}
