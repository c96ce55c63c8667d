//! The catalogue: units, procedures with revisions, calendars.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, date, date_null, integer, string_len, string_len_null, text, text_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(units()).await?;
        m.create_table(successors()).await?;
        m.create_table(procedures()).await?;
        m.create_table(revisions()).await?;
        m.create_table(calendars()).await?;
        for index in [
            index("units_parent", "units", &["parent_id"]),
            index("units_tier", "units", &["tier", "name_folded"]),
            index("procedures_name", "procedures", &["name_folded"]),
            index("procedures_field", "procedures", &["field_code", "name_folded"]),
        ] {
            m.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in ["calendars", "procedure_revisions", "procedures", "unit_successors", "units"] {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// A plain index over columns of one table.
pub(crate) fn index(
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}

fn units() -> TableCreateStatement {
    Table::create()
        .table("units")
        .col(uuid("id").primary_key())
        .col(string_len("code", 35).unique_key())
        .col(string_len_null("old_code", 13))
        .col(string_len("name", 200))
        .col(string_len("name_folded", 200))
        .col(string_len("tier", 20))
        .col(uuid_null("parent_id"))
        .col(string_len_null("place_code", 10))
        .col(text("office_hours"))
        .col(boolean("receives"))
        .col(text_null("contact"))
        .col(date("valid_from"))
        .col(date_null("valid_to"))
        .foreign_key(ForeignKey::create().from("units", "parent_id").to("units", "id"))
        .to_owned()
}

fn successors() -> TableCreateStatement {
    Table::create()
        .table("unit_successors")
        .col(uuid("unit_id"))
        .col(uuid("successor_id"))
        .col(date("valid_from"))
        .primary_key(Index::create().col("unit_id").col("successor_id"))
        .foreign_key(ForeignKey::create().from("unit_successors", "unit_id").to("units", "id"))
        .foreign_key(ForeignKey::create().from("unit_successors", "successor_id").to("units", "id"))
        .to_owned()
}

fn procedures() -> TableCreateStatement {
    Table::create()
        .table("procedures")
        .col(uuid("id").primary_key())
        .col(string_len("national_code", 30).unique_key())
        .col(string_len("name", 600))
        .col(string_len("name_folded", 600))
        .col(string_len("field_code", 30))
        .to_owned()
}

fn revisions() -> TableCreateStatement {
    Table::create()
        .table("procedure_revisions")
        .col(uuid("id").primary_key())
        .col(uuid("procedure_id"))
        .col(integer("number"))
        .col(date("valid_from"))
        .col(date_null("valid_to"))
        .col(string_len("digest", 64))
        .col(text("content"))
        .foreign_key(ForeignKey::create().from("procedure_revisions", "procedure_id").to("procedures", "id"))
        .index(Index::create().unique().name("revisions_number").col("procedure_id").col("number"))
        .to_owned()
}

fn calendars() -> TableCreateStatement {
    Table::create()
        .table("calendars")
        .col(uuid("id").primary_key())
        .col(string_len("name", 100))
        .col(integer("version"))
        .col(date("valid_from"))
        .col(date("valid_to"))
        .col(text("content"))
        .index(Index::create().unique().name("calendars_version").col("name").col("version"))
        .to_owned()
}
