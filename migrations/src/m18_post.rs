//! Both legs of the post: sightings, minutes, carriers of units, places as carriers call them, waybills given beforehand.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, date, date_null, integer, string_len, string_len_null, text,
    text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 6] =
    ["sightings", "refused_sightings", "handover_minutes", "unit_carriers", "carrier_places", "waybills"];

const COLUMNS: [&str; 14] = [
    "carrier_number",
    "item_code",
    "point_id",
    "contents",
    "cod_amount",
    "cod_collected",
    "expected_on",
    "taken_by_sealed",
    "taken_back_sealed",
    "last_event",
    "asked_at",
    "in_flight",
    "closed_at",
    "version",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            m.alter_table(Table::alter().table("shipments").add_column(column).to_owned()).await?;
        }
        for table in [
            sightings(),
            refused_sightings(),
            handover_minutes(),
            unit_carriers(),
            carrier_places(),
            waybills(),
        ] {
            m.create_table(table).await?;
        }
        for (name, column) in [
            ("refused_sightings_dossier", "dossier_id"),
            ("refused_sightings_unit", "unit_id"),
            ("refused_sightings_point", "point_id"),
        ] {
            m.create_index(index(name, "refused_sightings", &[column, "id"])).await?;
        }
        m.create_index(index("shipments_point_closed", "shipments", &["point_id", "closed_at", "id"]))
            .await?;
        m.create_index(index("shipments_carrier_number", "shipments", &["carrier_number"])).await?;
        m.create_index(index("handover_minutes_dossier", "handover_minutes", &["dossier_id", "id"])).await?;
        m.create_index(index("handover_minutes_shipment", "handover_minutes", &["shipment_id"])).await?;
        m.create_index(index("unit_carriers_point", "unit_carriers", &["point_id"])).await?;
        m.get_connection().execute_unprepared(PARTIAL).await?;
        m.get_connection().execute_unprepared(CLOSED).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        for name in ["shipments_point_closed", "shipments_carrier_number"] {
            m.get_connection().execute_unprepared(&format!("DROP INDEX {name}")).await?;
        }
        for column in COLUMNS {
            m.alter_table(Table::alter().table("shipments").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// Waybills nobody took, and events that nobody has settled.
const PARTIAL: &str = "CREATE INDEX waybills_free ON waybills (carrier, code) WHERE shipment_id IS NULL; \
     CREATE INDEX refused_sightings_open ON refused_sightings (id) WHERE settled_at IS NULL;";

const CLOSED: &str = "UPDATE shipments SET closed_at = delivered_at WHERE delivered_at IS NOT NULL";

fn columns() -> Vec<ColumnDef> {
    vec![
        string_len_null("carrier_number", 60),
        string_len_null("item_code", 60),
        uuid_null("point_id"),
        text_null("contents"),
        big_integer("cod_amount").default(0).to_owned(),
        big_integer_null("cod_collected"),
        date_null("expected_on"),
        text_null("taken_by_sealed"),
        text_null("taken_back_sealed"),
        string_len_null("last_event", 80),
        timestamp_with_time_zone_null("asked_at"),
        boolean("in_flight").default(false).to_owned(),
        timestamp_with_time_zone_null("closed_at"),
        integer("version").default(1).to_owned(),
    ]
}

fn sightings() -> TableCreateStatement {
    Table::create()
        .table("sightings")
        .col(uuid("shipment_id"))
        .col(string_len("event_id", 80))
        .col(string_len("state", 24))
        .col(string_len("raw_code", 40))
        .col(text("raw_message_sealed"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("shipment_id").col("event_id"))
        .foreign_key(ForeignKey::create().from("sightings", "shipment_id").to("shipments", "id"))
        .to_owned()
}

fn refused_sightings() -> TableCreateStatement {
    Table::create()
        .table("refused_sightings")
        .col(uuid("id").primary_key())
        .col(uuid("shipment_id"))
        .col(string_len("event_id", 80))
        .col(uuid("dossier_id"))
        .col(uuid("unit_id"))
        .col(uuid_null("point_id"))
        .col(string_len("carrier", 40))
        .col(string_len("state", 24))
        .col(string_len("raw_code", 40))
        .col(text("raw_message_sealed"))
        .col(string_len("code", 60))
        .col(text("why"))
        .col(timestamp_with_time_zone("refused_at"))
        .col(boolean("taken"))
        .col(text_null("words_sealed"))
        .col(string_len_null("settled_by", 400))
        .col(string_len_null("settled_name", 255))
        .col(timestamp_with_time_zone_null("settled_at"))
        .col(integer("version"))
        .index(Index::create().unique().name("refused_sightings_once").col("shipment_id").col("event_id"))
        .foreign_key(ForeignKey::create().from("refused_sightings", "shipment_id").to("shipments", "id"))
        .foreign_key(ForeignKey::create().from("refused_sightings", "dossier_id").to("dossiers", "id"))
        .foreign_key(ForeignKey::create().from("refused_sightings", "unit_id").to("units", "id"))
        .foreign_key(ForeignKey::create().from("refused_sightings", "point_id").to("units", "id"))
        .to_owned()
}

fn handover_minutes() -> TableCreateStatement {
    Table::create()
        .table("handover_minutes")
        .col(uuid("id").primary_key())
        .col(uuid("dossier_id"))
        .col(uuid_null("shipment_id"))
        .col(string_len("leg", 12))
        .col(string_len("postman", 255))
        .col(string_len("officer", 255))
        .col(string_len("officer_subject", 400))
        .col(text("papers"))
        .col(timestamp_with_time_zone("signed_at"))
        .col(timestamp_with_time_zone("recorded_at"))
        .foreign_key(ForeignKey::create().from("handover_minutes", "dossier_id").to("dossiers", "id"))
        .foreign_key(ForeignKey::create().from("handover_minutes", "shipment_id").to("shipments", "id"))
        .to_owned()
}

fn unit_carriers() -> TableCreateStatement {
    Table::create()
        .table("unit_carriers")
        .col(uuid("unit_id").primary_key())
        .col(string_len("carrier", 40))
        .col(uuid_null("point_id"))
        .foreign_key(ForeignKey::create().from("unit_carriers", "unit_id").to("units", "id"))
        .foreign_key(ForeignKey::create().from("unit_carriers", "point_id").to("units", "id"))
        .to_owned()
}

fn carrier_places() -> TableCreateStatement {
    Table::create()
        .table("carrier_places")
        .col(string_len("carrier", 40))
        .col(string_len("kind", 10))
        .col(string_len("code", 20))
        .col(string_len("theirs", 40))
        .col(date("valid_from"))
        .primary_key(Index::create().col("carrier").col("kind").col("code").col("valid_from"))
        .to_owned()
}

fn waybills() -> TableCreateStatement {
    Table::create()
        .table("waybills")
        .col(string_len("carrier", 40))
        .col(string_len("code", 60))
        .col(uuid_null("shipment_id"))
        .primary_key(Index::create().col("carrier").col("code"))
        .to_owned()
}
