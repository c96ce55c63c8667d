//! Issued results, the codes they are checked by, and the links their files are fetched by.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, date_null, integer, string_len, string_len_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [results(), result_links()] {
            m.create_table(table).await?;
        }
        for index in indices() {
            m.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in ["result_links", "results"] {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        index("results_dossier", "results", &["dossier_id", "id"]),
        index("results_unit", "results", &["unit_id", "id"]),
        index("results_code", "results", &["verification_code"]).unique().to_owned(),
        index("results_owner", "results", &["owner", "id"]),
        index("results_owner_index", "results", &["owner_index", "id"]),
        index("result_links_result", "result_links", &["result_id", "id"]),
        index("results_decision", "results", &["decision_id"]).unique().to_owned(),
    ]
}

fn results() -> TableCreateStatement {
    Table::create()
        .table("results")
        .col(uuid("id").primary_key())
        .col(uuid("dossier_id"))
        .col(uuid("decision_id"))
        .col(uuid("unit_id"))
        .col(string_len("result_code", 60))
        .col(string_len("name", 400))
        .col(text("number_sealed"))
        .col(date("issued_on"))
        .col(date_null("valid_from"))
        .col(date_null("valid_until"))
        .col(string_len("owner", 200))
        .col(string_len_null("owner_index", 64))
        .col(string_len("verification_code", 40))
        .col(string_len("sha256", 64))
        .col(uuid("file_id"))
        .col(string_len("state", 12))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(string_len_null("ended_by", 200))
        .col(text_null("ended_basis_sealed"))
        .col(text_null("ended_reason_sealed"))
        .col(uuid_null("replaced_by"))
        .col(timestamp_with_time_zone("issued_at"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("results", "dossier_id").to("dossiers", "id"))
        .foreign_key(ForeignKey::create().from("results", "unit_id").to("units", "id"))
        .to_owned()
}

fn result_links() -> TableCreateStatement {
    Table::create()
        .table("result_links")
        .col(uuid("id").primary_key())
        .col(uuid("result_id"))
        .col(string_len("made_by", 200))
        .col(string_len("made_name", 200))
        .col(string_len("purpose", 400))
        .col(timestamp_with_time_zone("made_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(integer("fetched"))
        .col(timestamp_with_time_zone_null("fetched_at"))
        .foreign_key(ForeignKey::create().from("result_links", "result_id").to("results", "id"))
        .to_owned()
}
