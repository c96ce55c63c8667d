//! What stands in the clear: every column of every table but the sealed ones.

use entities::database::Database;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// The clear columns, as `table.column`, in which one of these words stands.
pub async fn columns_with(database: &Database, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (table, column) in columns(database).await {
        let like = words.iter().map(|word| format!("CAST(\"{column}\" AS TEXT) LIKE '%{word}%'"));
        let any = like.collect::<Vec<_>>().join(" OR ");
        let sql = format!("SELECT count(*) AS hits FROM \"{table}\" WHERE {any}");
        let rows = database.reader().query_all_raw(Statement::from_string(database.backend(), sql)).await;
        if rows.unwrap()[0].try_get::<i64>("", "hits").unwrap() > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

async fn columns(database: &Database) -> Vec<(String, String)> {
    let sql = match database.backend() {
        DbBackend::Sqlite => {
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table'"
        }
        _ => {
            "SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns \
             WHERE table_schema = 'public'"
        }
    };
    let rows =
        database.reader().query_all_raw(Statement::from_string(database.backend(), sql)).await.unwrap();
    let named = |row: &sea_orm::QueryResult| (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap());
    let columns: Vec<(String, String)> = rows.iter().map(named).collect();
    assert!(columns.len() > 100, "{columns:?}");
    columns.into_iter().filter(|(_, column)| !column.ends_with("_sealed")).collect()
}
