//! Calendars are drafted, adopted and asked to be applied; clocks that run keep the terms they count under (W-17).

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, integer_null, string_len, string_len_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            m.alter_table(Table::alter().table("calendars").add_column(column).to_owned()).await?;
        }
        m.create_table(recomputations()).await?;
        let index =
            crate::m01_catalogue::index("recomputations_calendar", "recomputations", &["calendar", "id"]);
        m.create_index(index).await?;
        let postgres = m.get_database_backend() == DbBackend::Postgres;
        let db = m.get_connection();
        db.execute_unprepared(OPEN).await?;
        db.execute_unprepared(if postgres { TERMS_POSTGRES } else { TERMS_SQLITE }).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_connection();
        db.execute_unprepared("DROP INDEX dossiers_open").await?;
        db.execute_unprepared("DELETE FROM calendars WHERE state = 'draft'").await?;
        m.drop_table(Table::drop().table("recomputations").to_owned()).await?;
        for column in COLUMNS {
            m.alter_table(Table::alter().table("calendars").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

const COLUMNS: [&str; 10] = [
    "state",
    "row_version",
    "based_on",
    "created_at",
    "created_by",
    "created_name",
    "adopted_at",
    "adopted_by",
    "adopted_name",
    "reason",
];

/// What was there before counts as adopted.
fn columns() -> Vec<ColumnDef> {
    vec![
        string_len("state", 10).default("adopted").to_owned(),
        integer("row_version").default(1).to_owned(),
        integer_null("based_on"),
        timestamp_with_time_zone_null("created_at"),
        string_len_null("created_by", 400),
        string_len_null("created_name", 255),
        timestamp_with_time_zone_null("adopted_at"),
        string_len_null("adopted_by", 400),
        string_len_null("adopted_name", 255),
        text_null("reason"),
    ]
}

fn recomputations() -> TableCreateStatement {
    Table::create()
        .table("recomputations")
        .col(uuid("id").primary_key())
        .col(integer("calendar"))
        .col(text("reason"))
        .col(string_len("asked_by", 400))
        .col(string_len("asked_name", 255))
        .col(timestamp_with_time_zone("asked_at"))
        .to_owned()
}

/// The dossiers a recomputation walks over, in the order of their keys.
const OPEN: &str = "CREATE INDEX dossiers_open ON dossiers (id) \
     WHERE status IN ('received', 'processing', 'awaiting_supplement', 'awaiting_payment')";

/// Clocks that were started before terms were kept count under what was in force until now.
const TERMS_SQLITE: &str = "UPDATE clock_events SET terms = (SELECT json_object( \
     'calendar', (SELECT MAX(version) FROM calendars WHERE name = 'vn'), 'hours', json(u.office_hours), \
     'supplement', json(COALESCE(json_extract(r.content, '$.supplement'), \
     '{\"clock\":\"restart\",\"max_rounds\":1,\"legal_basis\":\"NĐ 61/2018 Đ19.4, Đ11.2c\"}')), \
     'cutoff_hour', COALESCE(json_extract(r.content, '$.cutoff_hour'), json_extract(u.office_hours, '$.cutoff_hour'))) \
     FROM dossiers d JOIN units u ON u.id = d.authority_id JOIN procedure_revisions r ON r.id = d.revision_id \
     WHERE d.id = clock_events.dossier_id) WHERE kind = 'started' AND terms IS NULL";

const TERMS_POSTGRES: &str = "UPDATE clock_events SET terms = (SELECT json_build_object( \
     'calendar', (SELECT MAX(version) FROM calendars WHERE name = 'vn'), 'hours', u.office_hours::json, \
     'supplement', COALESCE(r.content::json -> 'supplement', \
     '{\"clock\":\"restart\",\"max_rounds\":1,\"legal_basis\":\"NĐ 61/2018 Đ19.4, Đ11.2c\"}'::json), \
     'cutoff_hour', COALESCE((r.content::json ->> 'cutoff_hour')::int, (u.office_hours::json ->> 'cutoff_hour')::int))::text \
     FROM dossiers d JOIN units u ON u.id = d.authority_id JOIN procedure_revisions r ON r.id = d.revision_id \
     WHERE d.id = clock_events.dossier_id) WHERE kind = 'started' AND terms IS NULL";
