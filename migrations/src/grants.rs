//! What the role of the processes may do on PostgreSQL: everything the office does, and nothing that rewrites what was.

use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::SchemaManager;
use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, Statement, TransactionTrait,
};

/// Tables to which rows are only added.
pub const KEPT: [&str; 5] =
    ["history", "chronicle", "chronicle_links", "chronicle_checkpoints", "chronicle_keys"];

/// Rows that open what is sealed: made and wrapped again by the processes, removed by none.
const KEYS: &str = "data_keys";

/// Where the steps that were run are kept.
const STEPS: &str = "seaql_migrations";

/// Gives `role` what the processes need of the tables that are there now, and takes the rest away. To be run by their
/// owner after each migration. Fails in words where the role is missing, or could take the rights back by itself.
pub async fn grant(db: &DatabaseConnection, role: &str) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Err(refused("SQLite knows no roles; leave [database] app_role out"));
    }
    let named = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if role.is_empty() || role.len() > 63 || !role.chars().all(named) {
        return Err(refused("[database] app_role may hold small letters, digits and _"));
    }
    let tx = db.begin().await?;
    lesser(&tx, role).await?;
    for order in orders(role) {
        tx.execute_unprepared(&order).await?;
    }
    tx.commit().await
}

/// The steps that were not run yet, by name. Asks for no right but reading.
pub async fn missing(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let mut run: Vec<String> = Vec::new();
    if SchemaManager::new(db).has_table(STEPS).await? {
        let all = Statement::from_string(db.get_database_backend(), format!("SELECT version FROM {STEPS}"));
        for row in db.query_all_raw(all).await? {
            run.push(row.try_get("", "version")?);
        }
    }
    let steps = crate::Migrator::migrations();
    Ok(steps.iter().map(|step| step.name().to_owned()).filter(|name| !run.contains(name)).collect())
}

/// A role that is there, and is not the owner of a table, nor can become one.
async fn lesser(tx: &DatabaseTransaction, role: &str) -> Result<(), DbErr> {
    let count = async |sql: &str| -> Result<i64, DbErr> {
        let asked = Statement::from_sql_and_values(DbBackend::Postgres, sql, [role.into()]);
        tx.query_one_raw(asked).await?.map_or(Ok(0), |row| row.try_get("", "n"))
    };
    if count("SELECT count(*) AS n FROM pg_roles WHERE rolname = $1").await? == 0 {
        return Err(refused(&format!("the role {role} is not there; CREATE ROLE {role} LOGIN PASSWORD '…'")));
    }
    let owned = "SELECT count(*) AS n FROM pg_class WHERE relnamespace = current_schema()::regnamespace \
        AND relkind IN ('r', 'p') AND pg_has_role($1::name, relowner, 'MEMBER')";
    if count(owned).await? > 0 {
        return Err(refused(&format!("{role} owns the tables, or can become who does; take another role")));
    }
    Ok(())
}

fn orders(role: &str) -> Vec<String> {
    let kept = KEPT.join(", ");
    vec![
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC".into(),
        format!("REVOKE ALL ON SCHEMA public FROM {role}"),
        format!("GRANT USAGE ON SCHEMA public TO {role}"),
        format!("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}"),
        format!("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"),
        format!("REVOKE UPDATE, DELETE ON {kept} FROM {role}"),
        format!("REVOKE DELETE ON {KEYS} FROM {role}"),
        format!("REVOKE INSERT, UPDATE, DELETE ON {STEPS} FROM {role}"),
        format!("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"),
    ]
}

fn refused(words: &str) -> DbErr {
    DbErr::Custom(words.into())
}
