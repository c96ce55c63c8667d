//! What somebody can do who owns the database.

use entities::database::Database;
use sea_orm::{ConnectionTrait, DbBackend};

/// Tables to which the office only adds rows.
pub const KEPT: [&str; 5] =
    ["history", "chronicle", "chronicle_links", "chronicle_checkpoints", "chronicle_keys"];

/// Takes the triggers off and does what they forbid.
pub async fn forced(database: &Database, sql: &str) {
    triggers_off(database.writer()).await;
    let touched = database.writer().execute_unprepared(sql).await.unwrap();
    assert!(touched.rows_affected() > 0, "{sql}");
}

/// Takes the triggers off.
pub async fn triggers_off(db: &impl ConnectionTrait) {
    for table in KEPT {
        let triggers = match db.get_database_backend() {
            DbBackend::Postgres => vec![format!("DROP TRIGGER IF EXISTS {table}_kept ON {table}")],
            _ => {
                ["UPDATE", "DELETE"].map(|verb| format!("DROP TRIGGER IF EXISTS {table}_kept_{verb}")).into()
            }
        };
        for trigger in triggers {
            db.execute_unprepared(&trigger).await.unwrap();
        }
    }
}
