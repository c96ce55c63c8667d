//! No sealed column is forgotten.

use crate::support::database::TestDatabase;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// Columns that stay sealed, and why.
const STAY: [(&str, &str); 10] = [
    ("history.note_sealed", "only added to, closed with the own key"),
    ("history.actor_name_sealed", "only added to, closed with the own key"),
    ("chronicle.name_sealed", "only added to, closed with the own key"),
    ("chronicle.purpose_sealed", "only added to, closed with the own key"),
    ("documents.owner_sealed", "of the person's own store"),
    ("documents.number_sealed", "of the person's own store"),
    ("documents.signature_report_sealed", "of the person's own store"),
    ("documents.data_sealed", "of the person's own store"),
    ("drafts.body_sealed", "no dossier yet"),
    ("questions.asked_sealed", "no dossier"),
];

#[tokio::test]
async fn every_sealed_column_is_overwritten_or_stays_for_a_reason() {
    let database = TestDatabase::fresh().await;
    let sql = match database.backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text || '.' || column_name::text AS col FROM information_schema.columns \
             WHERE table_schema = 'public' AND column_name LIKE '%\\_sealed'"
        }
        _ => {
            "SELECT t.name || '.' || c.name AS col FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND c.name LIKE '%\\_sealed' ESCAPE '\\'"
        }
    };
    let rows =
        database.reader().query_all_raw(Statement::from_string(database.backend(), sql)).await.unwrap();
    let source = include_str!("../../../entities/src/erasing/cells.rs");
    let flat: String = source.split_whitespace().collect();
    let blocks: Vec<&str> = flat.split("(\"").collect();

    let columns = rows.iter().map(|row| row.try_get::<String>("", "col").unwrap());
    let forgotten: Vec<String> = columns
        .filter(|column| !STAY.iter().any(|(stays, _)| stays == column))
        .filter(|column| !overwritten(&blocks, column))
        .collect();

    assert!(rows.len() > 40, "{}", rows.len());
    assert_eq!(forgotten, Vec::<String>::new());
}

/// Whether the column stands behind its table, before the next table.
fn overwritten(blocks: &[&str], column: &str) -> bool {
    let (table, column) = column.split_once('.').unwrap();
    let begins = |block: &str, name: &str| block.starts_with(&format!("{name}\","));
    let is_table = |block: &str| block.contains(",&[");
    let start = blocks.iter().position(|block| begins(block, table) && is_table(block));
    start.is_some_and(|start| {
        let own = blocks[start + 1..].iter().take_while(|block| !is_table(block));
        own.into_iter().any(|block| begins(block, column))
    })
}
