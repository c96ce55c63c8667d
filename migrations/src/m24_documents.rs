//! The e-document store: documents in versions, who looked at them, and what stood for a paper instead.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date_null, integer, string_len, string_len_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [documents(), document_uses(), paper_sources()] {
            m.create_table(table).await?;
        }
        let despite = text_null("despite_sealed");
        m.alter_table(Table::alter().table("supplements").add_column(despite).to_owned()).await?;
        for index in indices() {
            m.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in ["paper_sources", "document_uses", "documents"] {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        m.alter_table(Table::alter().table("supplements").drop_column("despite_sealed").to_owned()).await?;
        Ok(())
    }
}

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        index("documents_owner", "documents", &["owner_index", "paper_type", "id"]),
        index("documents_lineage", "documents", &["lineage_id", "version"]).unique().to_owned(),
        index("documents_once", "documents", &["owner_index", "sha256", "paper_type"]).unique().to_owned(),
        index("documents_dossier", "documents", &["dossier_id", "id"]),
        index("documents_digitisation", "documents", &["digitisation_id"]),
        index("documents_file", "documents", &["file_id"]),
        index("documents_issuer", "documents", &["issuer_id", "id"]),
        index("documents_number", "documents", &["number_index", "paper_type"]),
        index("document_uses_document", "document_uses", &["document_id", "id"]),
        index("document_uses_dossier", "document_uses", &["dossier_id", "id"]),
        index("document_uses_unit", "document_uses", &["unit_id", "id"]),
    ]
}

fn documents() -> TableCreateStatement {
    Table::create()
        .table("documents")
        .col(uuid("id").primary_key())
        .col(uuid("lineage_id"))
        .col(integer("version"))
        .col(string_len("owner_kind", 20))
        .col(string_len("owner_index", 64))
        .col(text("owner_sealed"))
        .col(string_len("paper_type", 60))
        .col(string_len("name", 400))
        .col(text_null("number_sealed"))
        .col(string_len_null("number_index", 64))
        .col(uuid_null("issuer_id"))
        .col(string_len_null("issuer_name", 400))
        .col(date_null("issued_on"))
        .col(date_null("valid_from"))
        .col(date_null("valid_until"))
        .col(string_len("state", 12))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(text_null("ended_reason_sealed"))
        .col(string_len("origin", 10))
        .col(uuid_null("dossier_id"))
        .col(uuid_null("digitisation_id"))
        .col(uuid_null("unit_id"))
        .col(uuid("file_id"))
        .col(string_len("sha256", 64))
        .col(string_len("media_type", 100))
        .col(string_len_null("rendition_sha256", 64))
        .col(integer("pages"))
        .col(string_len("signature", 16))
        .col(text_null("signature_report_sealed"))
        .col(text_null("data_sealed"))
        .col(string_len_null("scanned_by", 200))
        .col(timestamp_with_time_zone_null("scanned_at"))
        .col(integer("reused"))
        .col(timestamp_with_time_zone("filed_at"))
        .foreign_key(ForeignKey::create().from("documents", "issuer_id").to("units", "id"))
        .foreign_key(ForeignKey::create().from("documents", "dossier_id").to("dossiers", "id"))
        .foreign_key(ForeignKey::create().from("documents", "digitisation_id").to("digitisations", "id"))
        .foreign_key(ForeignKey::create().from("documents", "unit_id").to("units", "id"))
        .foreign_key(ForeignKey::create().from("documents", "file_id").to("files", "id"))
        .to_owned()
}

fn document_uses() -> TableCreateStatement {
    Table::create()
        .table("document_uses")
        .col(uuid("id").primary_key())
        .col(uuid("document_id"))
        .col(string_len("kind", 12))
        .col(uuid_null("dossier_id"))
        .col(uuid_null("unit_id"))
        .col(string_len("by_subject", 200))
        .col(string_len("by_name", 200))
        .col(string_len("purpose", 400))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(ForeignKey::create().from("document_uses", "document_id").to("documents", "id"))
        .foreign_key(ForeignKey::create().from("document_uses", "dossier_id").to("dossiers", "id"))
        .foreign_key(ForeignKey::create().from("document_uses", "unit_id").to("units", "id"))
        .to_owned()
}

fn paper_sources() -> TableCreateStatement {
    Table::create()
        .table("paper_sources")
        .col(uuid("paper_id").primary_key())
        .col(string_len("database_code", 60))
        .col(string_len("query_id", 200))
        .col(timestamp_with_time_zone("taken_at"))
        .col(string_len("by_subject", 200))
        .col(string_len("by_name", 200))
        .foreign_key(ForeignKey::create().from("paper_sources", "paper_id").to("papers", "id"))
        .to_owned()
}
