//! The chronicle of every write and of every look at personal data, its chains and their signed checkpoints; and the
//! triggers that let nobody change or remove what was written there or in the history.

use crate::grants::KEPT;
use crate::m01_catalogue::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer_null, string_len, string_len_null, text_null, timestamp_with_time_zone, uuid,
    uuid_null,
};
use sea_orm_migration::sea_orm::DbBackend;

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [chronicle(), links(), checkpoints(), keys()] {
            m.create_table(table).await?;
        }
        for index in indices() {
            m.create_index(index).await?;
        }
        match m.get_database_backend() {
            DbBackend::Postgres => run(m, &lock_postgres()).await,
            _ => run(m, &lock_sqlite()).await,
        }
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        match m.get_database_backend() {
            DbBackend::Postgres => run(m, &unlock_postgres()).await?,
            _ => run(m, &unlock_sqlite()).await?,
        }
        for table in ["chronicle_keys", "chronicle_checkpoints", "chronicle_links", "chronicle"] {
            m.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn run(m: &SchemaManager<'_>, statements: &[String]) -> Result<(), DbErr> {
    for sql in statements {
        m.get_connection().execute_unprepared(sql).await?;
    }
    Ok(())
}

/// A statement of its own refuses even when it would have touched no row.
fn lock_postgres() -> Vec<String> {
    let function = "CREATE FUNCTION only_added() RETURNS trigger LANGUAGE plpgsql AS $$ \
        BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$";
    let trigger = |table: &str| {
        format!(
            "CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} \
             FOR EACH STATEMENT EXECUTE FUNCTION only_added()"
        )
    };
    std::iter::once(function.to_owned()).chain(KEPT.iter().map(|table| trigger(table))).collect()
}

fn unlock_postgres() -> Vec<String> {
    let dropped = KEPT.iter().map(|table| format!("DROP TRIGGER {table}_kept ON {table}"));
    dropped.chain(std::iter::once("DROP FUNCTION only_added()".to_owned())).collect()
}

fn lock_sqlite() -> Vec<String> {
    let trigger = |table: &str, verb: &str| {
        format!(
            "CREATE TRIGGER {table}_kept_{verb} BEFORE {verb} ON {table} \
             BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
        )
    };
    KEPT.iter().flat_map(|table| ["UPDATE", "DELETE"].map(|verb| trigger(table, verb))).collect()
}

fn unlock_sqlite() -> Vec<String> {
    let dropped = |table: &str, verb: &str| format!("DROP TRIGGER {table}_kept_{verb}");
    KEPT.iter().flat_map(|table| ["UPDATE", "DELETE"].map(|verb| dropped(table, verb))).collect()
}

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        index("chronicle_unit", "chronicle", &["unit_id", "id"]),
        index("chronicle_dossier", "chronicle", &["dossier_id", "id"]),
        index("chronicle_subject", "chronicle", &["subject", "id"]),
        index("chronicle_owner", "chronicle", &["owner_index", "id"]),
        index("chronicle_account", "chronicle", &["account_index", "id"]),
        index("chronicle_links_entry", "chronicle_links", &["entry_id"]).unique().to_owned(),
        index("chronicle_checkpoints_place", "chronicle_checkpoints", &["chain", "seq"]).unique().to_owned(),
    ]
}

/// No foreign keys: an entry outlives what it tells of.
fn chronicle() -> TableCreateStatement {
    Table::create()
        .table("chronicle")
        .col(uuid("id").primary_key())
        .col(string_len("chain", 40))
        .col(uuid_null("unit_id"))
        .col(uuid_null("dossier_id"))
        .col(string_len("kind", 16))
        .col(string_len("what", 160))
        .col(uuid_null("thing_id"))
        .col(string_len("subject", 200))
        .col(string_len("role", 40))
        .col(string_len("title", 200))
        .col(string_len_null("name", 200))
        .col(text_null("name_sealed"))
        .col(string_len_null("owner_index", 64))
        .col(string_len_null("account_index", 64))
        .col(text_null("purpose_sealed"))
        .col(string_len_null("before_hash", 64))
        .col(string_len_null("after_hash", 64))
        .col(integer_null("record_seq"))
        .col(string_len_null("record_hash", 64))
        .col(string_len_null("trace", 64))
        .col(timestamp_with_time_zone("at"))
        .to_owned()
}

fn links() -> TableCreateStatement {
    Table::create()
        .table("chronicle_links")
        .col(string_len("chain", 40))
        .col(big_integer("seq"))
        .col(uuid("entry_id"))
        .col(string_len("entry_hash", 64))
        .col(string_len("prev_hash", 64))
        .col(string_len("hash", 64))
        .primary_key(Index::create().col("chain").col("seq"))
        .to_owned()
}

fn checkpoints() -> TableCreateStatement {
    Table::create()
        .table("chronicle_checkpoints")
        .col(uuid("id").primary_key())
        .col(string_len("chain", 40))
        .col(big_integer("seq"))
        .col(string_len("hash", 64))
        .col(string_len("key_id", 16))
        .col(string_len("signature", 128))
        .col(timestamp_with_time_zone("at"))
        .to_owned()
}

/// The public halves of the keys that signed checkpoints.
fn keys() -> TableCreateStatement {
    Table::create()
        .table("chronicle_keys")
        .col(string_len("id", 16).primary_key())
        .col(string_len("public_key", 64))
        .col(timestamp_with_time_zone("since"))
        .to_owned()
}
