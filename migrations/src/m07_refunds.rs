//! Money given back, and whose account money came into: refunds, the unit and the phí of every payment, cash as payments.

use crate::m01_catalogue::index;
use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, string_len, string_len_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            m.alter_table(Table::alter().table("payments").add_column(column).to_owned()).await?;
        }
        let postgres = m.get_database_backend() == DbBackend::Postgres;
        let db = m.get_connection();
        db.execute_unprepared(UNITS).await?;
        db.execute_unprepared(if postgres { CASH_POSTGRES } else { CASH_SQLITE }).await?;
        db.execute_unprepared(if postgres { PHI_POSTGRES } else { PHI_SQLITE }).await?;
        m.create_table(refunds()).await?;
        for index in indices() {
            m.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("refunds").to_owned()).await?;
        let db = m.get_connection();
        db.execute_unprepared("DROP INDEX payments_unit").await?;
        db.execute_unprepared("DELETE FROM payments WHERE platform IN ('cash', 'post')").await?;
        for column in ["unit_id", "phi", "receipt"] {
            m.alter_table(Table::alter().table("payments").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

fn columns() -> Vec<ColumnDef> {
    vec![uuid_null("unit_id"), big_integer("phi").default(0).to_owned(), string_len_null("receipt", 200)]
}

/// Money of a payment platform goes to the competent unit.
const UNITS: &str =
    "UPDATE payments SET unit_id = (SELECT authority_id FROM dossiers WHERE id = payments.dossier_id)";

/// What was taken at the desk so far stands in the history alone; it becomes a payment of the receiving unit.
const CASH_SQLITE: &str = "INSERT INTO payments (id, dossier_id, reference, platform, amount, currency, state, opened_at, paid_at, unit_id) \
     SELECT d.id, d.id, lower(hex(d.id)), 'cash', d.fee_total, 'VND', 'paid', h.at, h.at, d.unit_id \
     FROM dossiers d JOIN history h ON h.dossier_id = d.id AND h.act = 'record_payment' WHERE d.fee_state = 'paid' \
     AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.dossier_id = d.id AND p.state = 'paid')";

const CASH_POSTGRES: &str = "INSERT INTO payments (id, dossier_id, reference, platform, amount, currency, state, opened_at, paid_at, unit_id) \
     SELECT d.id, d.id, replace(d.id::text, '-', ''), 'cash', d.fee_total, 'VND', 'paid', h.at, h.at, d.unit_id \
     FROM dossiers d JOIN history h ON h.dossier_id = d.id AND h.act = 'record_payment' WHERE d.fee_state = 'paid' \
     AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.dossier_id = d.id AND p.state = 'paid')";

/// How much of a payment is phí; the rest is lệ phí (law.md F-01).
const PHI_SQLITE: &str = "UPDATE payments SET phi = (SELECT COALESCE(SUM(json_extract(line.value, '$.amount')), 0) \
     FROM dossiers d, json_each(d.quote, '$.lines') line \
     WHERE d.id = payments.dossier_id AND json_extract(line.value, '$.kind') = 'phi')";

const PHI_POSTGRES: &str = "UPDATE payments SET phi = (SELECT COALESCE(SUM((line ->> 'amount')::bigint), 0) \
     FROM dossiers d, jsonb_array_elements(d.quote::jsonb -> 'lines') line \
     WHERE d.id = payments.dossier_id AND line ->> 'kind' = 'phi')";

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        index("payments_unit", "payments", &["unit_id", "paid_at"]),
        index("refunds_payment", "refunds", &["payment_id", "id"]),
        index("refunds_dossier", "refunds", &["dossier_id"]),
        index("refunds_unit", "refunds", &["unit_id", "id"]),
        index("refunds_unit_state", "refunds", &["unit_id", "state", "id"]),
        index("refunds_state", "refunds", &["state", "id"]),
        index("refunds_paid_out", "refunds", &["unit_id", "paid_out_at"]),
    ]
}

fn refunds() -> TableCreateStatement {
    Table::create()
        .table("refunds")
        .col(uuid("id").primary_key())
        .col(uuid("payment_id"))
        .col(uuid("dossier_id"))
        .col(uuid("unit_id"))
        .col(string_len("kind", 8))
        .col(big_integer("amount"))
        .col(string_len("ground", 16))
        .col(text("reason_sealed"))
        .col(string_len("state", 12))
        .col(string_len("proposed_by", 400))
        .col(string_len("proposed_name", 255))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(string_len_null("decided_by", 400))
        .col(string_len_null("decided_name", 255))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("rejection_sealed"))
        .col(string_len_null("paid_out_by", 400))
        .col(string_len_null("paid_out_name", 255))
        .col(timestamp_with_time_zone_null("paid_out_at"))
        .col(text_null("proof_sealed"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("refunds", "payment_id").to("payments", "id"))
        .foreign_key(ForeignKey::create().from("refunds", "dossier_id").to("dossiers", "id"))
        .foreign_key(ForeignKey::create().from("refunds", "unit_id").to("units", "id"))
        .to_owned()
}
