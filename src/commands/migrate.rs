//! `motcua migrate`: brings the tables up to date, or says what is missing.

use super::{Done, tell};
use crate::settings::Settings;
use clap::Args;
use entities::database::Database;
use migrations::{Migrator, grants};
use sea_orm_migration::MigratorTrait;
use std::process::ExitCode;

/// Options of `motcua migrate`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only say which steps are missing; ends with 1 when there are any.
    #[arg(long)]
    check: bool,
}

/// Runs the missing steps.
pub(crate) async fn run(settings: &Settings, options: &Options) -> Done {
    let db = Database::connect(&settings.database).await.map_err(|e| format!("[database] {e}"))?;
    let missing = pending(&db).await?;
    for step in &missing {
        tell(&format!("{} {step}", if options.check { "missing" } else { "running" }));
    }
    if options.check {
        return Ok(if missing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    up(&db).await?;
    tell("the tables are up to date");
    if let Some(role) = &settings.database.app_role {
        grants::grant(db.writer(), role).await.map_err(|e| format!("rights of {role}: {e}"))?;
        tell(&format!("{role} may do what the office needs, and change nothing of history and chronicle"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Brings the tables up to date.
pub(crate) async fn up(db: &Database) -> Result<(), String> {
    Migrator::up(db.writer(), None).await.map_err(|e| format!("migrations: {e}"))
}

/// Names of the missing steps, for the readiness of the API; asks for no right but reading.
pub(crate) async fn pending(db: &Database) -> Result<Vec<String>, String> {
    grants::missing(db.writer()).await.map_err(|e| e.to_string())
}
