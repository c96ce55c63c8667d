//! Places with their days and successors, and every code a unit ever had.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, date_null, string_len, string_len_null, uuid};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [places(), place_successors(), unit_codes()] {
            m.create_table(table).await?;
        }
        for index in [
            index("places_parent", "places", &["parent_code", "code"]),
            index("places_level", "places", &["level", "code"]),
            index("unit_codes_code", "unit_codes", &["code", "valid_from"]),
        ] {
            m.create_index(index).await?;
        }
        for sql in TAKEN_OVER {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in ["unit_codes", "place_successors", "places"] {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// The codes that units have already, for the days of the unit.
const TAKEN_OVER: [&str; 2] = [
    "INSERT INTO unit_codes (unit_id, code, scheme, valid_from, valid_to) \
     SELECT id, code, 'new', valid_from, valid_to FROM units",
    "INSERT INTO unit_codes (unit_id, code, scheme, valid_from, valid_to) \
     SELECT id, old_code, 'old', valid_from, valid_to FROM units WHERE old_code IS NOT NULL",
];

fn places() -> TableCreateStatement {
    Table::create()
        .table("places")
        .col(string_len("code", 5))
        .col(string_len("level", 20))
        .col(string_len("name", 200))
        .col(string_len("name_folded", 200))
        .col(string_len_null("parent_code", 5))
        .col(date("valid_from"))
        .col(date_null("valid_to"))
        .col(string_len("document", 200))
        .primary_key(Index::create().col("code").col("valid_from"))
        .to_owned()
}

fn place_successors() -> TableCreateStatement {
    Table::create()
        .table("place_successors")
        .col(string_len("code", 5))
        .col(string_len("successor", 5))
        .col(date("valid_from"))
        .col(string_len("share", 10))
        .primary_key(Index::create().col("code").col("valid_from").col("successor"))
        .to_owned()
}

fn unit_codes() -> TableCreateStatement {
    Table::create()
        .table("unit_codes")
        .col(uuid("unit_id"))
        .col(string_len("code", 35))
        .col(string_len("scheme", 10))
        .col(date("valid_from"))
        .col(date_null("valid_to"))
        .col(string_len_null("document", 200))
        .primary_key(Index::create().col("unit_id").col("code").col("valid_from"))
        .foreign_key(ForeignKey::create().from("unit_codes", "unit_id").to("units", "id"))
        .to_owned()
}
