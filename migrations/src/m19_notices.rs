//! Notices with all their channels, the templates of their words, and what people wish about them.

use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, integer, string_len, string_len_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("notices").to_owned()).await?;
        for table in [notices(), templates(), preferences()] {
            m.create_table(table).await?;
        }
        m.create_index(index("notices_party", "notices", &["party", "party_ref"])).await?;
        m.create_index(index("notices_handed", "notices", &["handed_over_at"])).await?;
        m.get_connection().execute_unprepared(INBOX).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in ["notice_preferences", "notice_templates", "notices"] {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        m.create_table(earlier()).await
    }
}

/// Both hold only what is read in an inbox.
const INBOX: &str = "CREATE INDEX notices_addressee ON notices (addressee, id) WHERE channel = 'inbox'; \
     CREATE INDEX notices_person ON notices (person, id) WHERE channel = 'inbox';";

fn notices() -> TableCreateStatement {
    Table::create()
        .table("notices")
        .col(uuid("id").primary_key())
        .col(uuid("dossier_id"))
        .col(integer("entry"))
        .col(string_len("event", 30))
        .col(string_len("occasion", 64))
        .col(string_len("channel", 10))
        .col(string_len("recipient_index", 64))
        .col(text("recipient_sealed"))
        .col(string_len("person", 440))
        .col(string_len_null("addressee", 440))
        .col(string_len("state", 12))
        .col(string_len("template", 40))
        .col(text("words_sealed"))
        .col(text_null("reason"))
        .col(boolean("quiet"))
        .col(integer("repeats"))
        .col(string_len_null("party", 60))
        .col(string_len_null("party_ref", 160))
        .col(timestamp_with_time_zone("act_at"))
        .col(timestamp_with_time_zone("hand_at"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("handed_over_at"))
        .col(timestamp_with_time_zone_null("delivered_at"))
        .col(string_len_null("seen_by", 400))
        .col(timestamp_with_time_zone_null("seen_at"))
        .index(
            Index::create()
                .unique()
                .name("notices_once_each")
                .col("dossier_id")
                .col("event")
                .col("occasion")
                .col("channel")
                .col("recipient_index"),
        )
        .foreign_key(ForeignKey::create().from("notices", "dossier_id").to("dossiers", "id"))
        .to_owned()
}

fn templates() -> TableCreateStatement {
    Table::create()
        .table("notice_templates")
        .col(uuid("id").primary_key())
        .col(string_len("event", 30))
        .col(string_len("language", 2))
        .col(string_len("channel", 10))
        .col(integer("version"))
        .col(string_len("state", 8))
        .col(text("wording"))
        .col(integer("row_version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(string_len("created_by", 400))
        .col(string_len("created_name", 255))
        .col(timestamp_with_time_zone_null("in_force_from"))
        .col(timestamp_with_time_zone_null("adopted_at"))
        .col(string_len_null("adopted_by", 400))
        .col(string_len_null("adopted_name", 255))
        .col(text_null("reason"))
        .index(
            Index::create()
                .unique()
                .name("templates_version")
                .col("event")
                .col("language")
                .col("channel")
                .col("version"),
        )
        .to_owned()
}

fn preferences() -> TableCreateStatement {
    Table::create()
        .table("notice_preferences")
        .col(string_len("person", 440).primary_key())
        .col(text("channels"))
        .col(string_len_null("language", 2))
        .col(boolean("quiet_hours"))
        .col(boolean("reminders"))
        .col(integer("row_version"))
        .col(timestamp_with_time_zone("updated_at"))
        .to_owned()
}

/// The table as it was before this step.
fn earlier() -> TableCreateStatement {
    Table::create()
        .table("notices")
        .col(uuid("dossier_id"))
        .col(uuid("id").primary_key())
        .col(integer("entry"))
        .col(string_len("event", 30))
        .col(string_len("channel", 10))
        .col(string_len("recipient_index", 64))
        .col(timestamp_with_time_zone("handed_over_at"))
        .index(
            Index::create()
                .unique()
                .name("notices_once")
                .col("dossier_id")
                .col("entry")
                .col("event")
                .col("channel")
                .col("recipient_index"),
        )
        .foreign_key(ForeignKey::create().from("notices", "dossier_id").to("dossiers", "id"))
        .to_owned()
}
