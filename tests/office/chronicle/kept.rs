//! What was written there stays as it was written.

use super::{handled, signed};
use crate::support::commune::Commune;
use crate::support::forced::KEPT;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

#[tokio::test]
async fn s_10_no_row_of_the_history_or_the_chronicle_is_changed_or_removed() {
    let commune = Commune::open().await;
    handled(&commune).await;
    signed(&commune).await;

    for (table, column) in KEPT.into_iter().zip(["actor_name", "what", "hash", "hash", "public_key"]) {
        let before = count(&commune, table).await;
        let mut orders = vec![
            format!("UPDATE {table} SET {column} = 'x'"),
            format!("DELETE FROM {table}"),
            format!("DELETE FROM {table} WHERE {column} <> 'x'"),
        ];
        if commune.database.backend() == DbBackend::Postgres {
            orders.push(format!("TRUNCATE {table}"));
        }
        for order in orders {
            let refused = commune.database.writer().execute_unprepared(&order).await.unwrap_err();

            assert!(refused.to_string().contains("is only added to"), "{order}: {refused}");
        }
        assert!(before > 0, "{table}");
        assert_eq!(count(&commune, table).await, before, "{table}");
    }
}

async fn count(commune: &Commune, table: &str) -> i64 {
    let sql = format!("SELECT count(*) AS n FROM {table}");
    let statement = Statement::from_string(commune.database.backend(), sql);
    let row = commune.database.reader().query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "n").unwrap()
}
