//! The memory can be built, taken down and built again.

use crate::support::database::TestDatabase;
use migrations::Migrator;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use sea_orm_migration::MigratorTrait;
use std::collections::BTreeSet;

#[tokio::test]
async fn migrations_go_up_and_down_and_up_again() {
    let database = TestDatabase::empty().await;
    let before = things(&database).await;

    Migrator::up(database.writer(), None).await.unwrap();
    let built = things(&database).await;
    Migrator::down(database.writer(), None).await.unwrap();
    let taken_down = things(&database).await;
    Migrator::up(database.writer(), None).await.unwrap();
    let rebuilt = things(&database).await;

    let left: Vec<&String> =
        taken_down.difference(&before).filter(|name| !name.contains("seaql_migrations")).collect();
    assert_eq!(left, Vec::<&String>::new(), "left behind by `down`");
    assert!(built.len() > taken_down.len());
    assert_eq!(rebuilt, built);
}

/// Tables, indexes and, on PostgreSQL, sequences and types, as `kind name`.
async fn things(database: &TestDatabase) -> BTreeSet<String> {
    let sql = match database.backend() {
        DbBackend::Sqlite => "SELECT type || ' ' || name AS thing FROM sqlite_master",
        _ => {
            "SELECT c.relkind::text || ' ' || c.relname AS thing FROM pg_class c \
             JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' \
             UNION ALL SELECT 'function ' || p.proname FROM pg_proc p \
             JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'"
        }
    };
    let rows =
        database.writer().query_all_raw(Statement::from_string(database.backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get::<String>("", "thing").unwrap()).collect()
}
