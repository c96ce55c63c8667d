//! What the national portal was told and asked, and what a night's comparison found.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, integer_null, string_len, string_len_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("portal_pushes").to_owned()).await?;
        for table in [pushes(), accounts(), exchanges(), reconciliations(), findings()] {
            m.create_table(table).await?;
        }
        for index in indices() {
            m.create_index(index).await?;
        }
        let offset = integer("offset_seconds").default(0).to_owned();
        m.alter_table(Table::alter().table("schedules").add_column(offset).to_owned()).await?;
        m.get_connection().execute_unprepared(PARTIAL).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.get_connection().execute_unprepared("DROP INDEX dossiers_ended; DROP INDEX dossiers_live").await?;
        m.alter_table(Table::alter().table("schedules").drop_column("offset_seconds").to_owned()).await?;
        let all = [
            "portal_findings",
            "portal_reconciliations",
            "portal_exchanges",
            "portal_accounts",
            "portal_pushes",
        ];
        for table in all {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        m.create_table(pushes_before()).await
    }
}

/// The stretches of a comparison's walk: what is not over, what ended of late, and of what something found is open.
const PARTIAL: &str = "CREATE INDEX dossiers_live ON dossiers (id) \
     WHERE status NOT IN ('refused', 'withdrawn', 'stopped', 'returned'); \
     CREATE INDEX dossiers_ended ON dossiers (updated_at, id) \
     WHERE status IN ('refused', 'withdrawn', 'stopped', 'returned'); \
     CREATE INDEX portal_findings_open ON portal_findings (dossier_id) WHERE repaired_at IS NULL;";

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        index("portal_exchanges_dossier", "portal_exchanges", &["dossier_id", "id"]),
        index("portal_findings_dossier", "portal_findings", &["dossier_id"]),
        index("portal_findings_run", "portal_findings", &["reconciliation_id", "id"]),
        index("portal_reconciliations_state", "portal_reconciliations", &["state", "id"]),
    ]
}

fn of_dossier(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(uuid("dossier_id"))
        .foreign_key(ForeignKey::create().from(table, "dossier_id").to("dossiers", "id"))
        .to_owned()
}

fn pushes() -> TableCreateStatement {
    of_dossier("portal_pushes")
        .col(integer("entry"))
        .col(uuid_null("record_exchange"))
        .col(uuid_null("line_exchange"))
        .col(timestamp_with_time_zone("begun_at"))
        .col(timestamp_with_time_zone_null("told_at"))
        .primary_key(Index::create().col("dossier_id").col("entry"))
        .to_owned()
}

fn accounts() -> TableCreateStatement {
    of_dossier("portal_accounts")
        .col(text_null("account_sealed"))
        .col(timestamp_with_time_zone("answered_at"))
        .primary_key(Index::create().col("dossier_id"))
        .to_owned()
}

fn exchanges() -> TableCreateStatement {
    Table::create()
        .table("portal_exchanges")
        .col(uuid("id").primary_key())
        .col(uuid_null("dossier_id"))
        .col(integer_null("entry"))
        .col(string_len("service", 60))
        .col(string_len("verdict", 12))
        .col(text_null("words"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(timestamp_with_time_zone("ended_at"))
        .col(text("request_sealed"))
        .col(text_null("answer_sealed"))
        .foreign_key(ForeignKey::create().from("portal_exchanges", "dossier_id").to("dossiers", "id"))
        .to_owned()
}

fn reconciliations() -> TableCreateStatement {
    Table::create()
        .table("portal_reconciliations")
        .col(uuid("id").primary_key())
        .col(string_len("state", 12))
        .col(timestamp_with_time_zone_null("since"))
        .col(string_len_null("asked_by", 400))
        .col(string_len_null("asked_name", 255))
        .col(timestamp_with_time_zone("started_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(integer("parts"))
        .col(integer("looked_at"))
        .col(integer("passed_over"))
        .col(string_len("phase", 8))
        .col(uuid_null("reached"))
        .col(timestamp_with_time_zone_null("reached_at"))
        .to_owned()
}

fn findings() -> TableCreateStatement {
    Table::create()
        .table("portal_findings")
        .col(uuid("id").primary_key())
        .col(uuid("reconciliation_id"))
        .col(uuid_null("dossier_id"))
        .col(string_len("code", 100))
        .col(string_len("kind", 20))
        .col(text("here"))
        .col(text("there"))
        .col(timestamp_with_time_zone("found_at"))
        .col(timestamp_with_time_zone_null("repaired_at"))
        .col(text_null("trouble"))
        .index(
            Index::create()
                .unique()
                .name("portal_findings_once")
                .col("reconciliation_id")
                .col("code")
                .col("kind"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("portal_findings", "reconciliation_id")
                .to("portal_reconciliations", "id"),
        )
        .foreign_key(ForeignKey::create().from("portal_findings", "dossier_id").to("dossiers", "id"))
        .to_owned()
}

fn pushes_before() -> TableCreateStatement {
    of_dossier("portal_pushes")
        .col(integer("entry"))
        .col(text("request_sealed"))
        .col(text("answer"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("dossier_id").col("entry"))
        .to_owned()
}
