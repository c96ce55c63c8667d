//! Everything the office remembers, row by row.

use crate::support::database::TestDatabase;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use std::collections::BTreeMap;

/// Where what was heard is kept with its verdict, whatever became of it.
const HEARD: [&str; 2] = ["payment_messages", "portal_messages"];

/// The rows of every table but those of what was heard, by the name of the table.
pub type Image = BTreeMap<String, Vec<String>>;

/// What is remembered now, without the tables of these names.
pub async fn image(database: &TestDatabase, without: &[&str]) -> Image {
    let mut image = Image::new();
    for table in tables(database).await {
        if !HEARD.contains(&&*table) && !without.contains(&&*table) {
            let row = row_of(database, &table).await;
            let mut rows = texts(database, format!("SELECT {row} AS said FROM \"{table}\"")).await;
            rows.sort();
            image.insert(table, rows);
        }
    }
    assert!(image.len() > 50, "the tables were read");
    image
}

/// The tables that differ, with what is new in them.
pub fn changes(before: &Image, after: &Image) -> Vec<String> {
    let tables = after.iter().filter(|(table, rows)| before.get(*table) != Some(rows));
    let news = |(table, rows): (&String, &Vec<String>)| {
        let new: Vec<_> = rows.iter().filter(|row| !before[table].contains(row)).collect();
        format!("{table}: {new:?}")
    };
    tables.map(news).collect()
}

async fn tables(database: &TestDatabase) -> Vec<String> {
    let names = match database.backend() {
        DbBackend::Sqlite => {
            "SELECT name AS said FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        }
        _ => {
            "SELECT table_name::text AS said FROM information_schema.tables \
             WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        }
    };
    texts(database, names.into()).await
}

/// One row as a text.
async fn row_of(database: &TestDatabase, table: &str) -> String {
    if database.backend() != DbBackend::Sqlite {
        return format!("row_to_json(\"{table}\")::text");
    }
    let columns = texts(database, format!("SELECT name AS said FROM pragma_table_info('{table}')")).await;
    let quoted: Vec<_> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
    quoted.join(" || ', ' || ")
}

async fn texts(database: &TestDatabase, sql: String) -> Vec<String> {
    let rows =
        database.writer().query_all_raw(Statement::from_string(database.backend(), sql)).await.unwrap();
    let said = |row: &QueryResult| row.try_get("", "said").unwrap();
    rows.iter().map(said).collect()
}
