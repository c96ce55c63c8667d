//! `motcua seed FILE…`: imports catalogues, all errors by line, with a dry run.

use super::{Done, tell, tell_error};
use crate::settings::Settings;
use clap::Args;
use entities::database::Database;
use entities::seeding::importing::{Report, import, known_units};
use entities::seeding::{SeedError, Seeds, reading, shipped};
use std::path::PathBuf;
use std::process::ExitCode;

/// Options of `motcua seed`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Files in the format of docs/seed-format.md; without any, the catalogue that comes with the program.
    files: Vec<PathBuf>,
    /// Check and report, write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Imports the files.
pub(crate) async fn run(settings: &Settings, options: &Options) -> Done {
    let db = Database::connect(&settings.database).await.map_err(|e| format!("[database] {e}"))?;
    let seeds = if options.files.is_empty() { shipped::seeds() } else { read(&db, &options.files).await? };
    let seeds = match seeds {
        Ok(seeds) => seeds,
        Err(errors) => {
            errors.iter().for_each(|error| tell_error(&error.to_string()));
            return Err(format!("{} errors; nothing was written", errors.len()));
        }
    };
    let report = write(&db, &seeds, options.dry_run).await?;
    let done = if options.dry_run { "would be" } else { "were" };
    tell(&format!("{done} written: {report:?}"));
    Ok(ExitCode::SUCCESS)
}

/// Imports in one transaction; a dry run takes it back.
pub(crate) async fn write(db: &Database, seeds: &Seeds, dry_run: bool) -> Result<Report, String> {
    let tx = db.begin().await.map_err(|e| e.to_string())?;
    let report = import(&tx, seeds).await.map_err(|e| format!("the import was refused: {e}"))?;
    let ended = if dry_run { tx.rollback().await } else { tx.commit().await };
    ended.map_err(|e| e.to_string())?;
    Ok(report)
}

async fn read(db: &Database, files: &[PathBuf]) -> Result<Result<Seeds, Vec<SeedError>>, String> {
    let known = known_units(db.reader()).await.map_err(|e| e.to_string())?;
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        texts.push((file.display().to_string(), text));
    }
    let named: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Ok(reading::read_all(&named, &known))
}
