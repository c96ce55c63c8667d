//! What people say of the office: how satisfied they were, and the questions they ask at the national portal.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, string_len, string_len_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [ratings(), months(), questions()] {
            m.create_table(table).await?;
        }
        m.create_index(index("ratings_unit", "ratings", &["unit_id", "given_at"])).await?;
        m.create_index(index("ratings_given", "ratings", &["given_at"])).await?;
        m.create_index(index("questions_state", "questions", &["state", "id"])).await?;
        m.create_index(index("questions_unit", "questions", &["unit_id", "id"])).await?;
        m.create_index(index("questions_portal", "questions", &["portal_key"]).unique().to_owned()).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in ["questions", "satisfaction_months", "ratings"] {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn ratings() -> TableCreateStatement {
    Table::create()
        .table("ratings")
        .col(uuid("dossier_id").primary_key())
        .col(uuid("unit_id"))
        .col(string_len("national_code", 40))
        .col(string_len("score", 20))
        .col(text_null("opinion_sealed"))
        .col(timestamp_with_time_zone("given_at"))
        .foreign_key(ForeignKey::create().from("ratings", "dossier_id").to("dossiers", "id"))
        .foreign_key(ForeignKey::create().from("ratings", "unit_id").to("units", "id"))
        .to_owned()
}

fn months() -> TableCreateStatement {
    Table::create()
        .table("satisfaction_months")
        .col(string_len("month", 7).primary_key())
        .col(timestamp_with_time_zone("told_at"))
        .col(text("answer"))
        .to_owned()
}

fn questions() -> TableCreateStatement {
    Table::create()
        .table("questions")
        .col(uuid("id").primary_key())
        .col(string_len("portal_key", 100))
        .col(string_len("unit_code", 60))
        .col(uuid_null("unit_id"))
        .col(string_len_null("field_code", 60))
        .col(string_len_null("national_code", 60))
        .col(text("asked_sealed"))
        .col(string_len("state", 10))
        .col(timestamp_with_time_zone("received_at"))
        .col(date("due_on"))
        .col(text_null("answer"))
        .col(string_len_null("answered_by", 200))
        .col(string_len_null("answered_name", 200))
        .col(string_len_null("answered_title", 200))
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(timestamp_with_time_zone_null("told_at"))
        .foreign_key(ForeignKey::create().from("questions", "unit_id").to("units", "id"))
        .to_owned()
}
