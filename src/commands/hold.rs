//! `motcua hold`: keeps a dossier beyond its term, or lets it go.

use super::{Done, tell};
use crate::settings::Settings;
use clap::Args;
use entities::clock::Clock;
use entities::database::Database;
use entities::dossiers::reading::by_code;
use entities::erasing::holds;
use std::process::ExitCode;

/// Options of `motcua hold`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Code of the dossier.
    code: String,
    /// Why it is kept, such as the number of a court's letter; nothing about a person.
    #[arg(long, required_unless_present = "lift")]
    reason: Option<String>,
    /// Let it go again.
    #[arg(long, conflicts_with = "reason")]
    lift: bool,
}

/// Places a hold or lifts all of them.
pub(crate) async fn run(settings: &Settings, options: &Options) -> Done {
    let db = Database::connect(&settings.database).await.map_err(|e| format!("[database] {e}"))?;
    let found = by_code(db.reader(), &options.code).await.map_err(|e| e.to_string())?;
    let dossier = found.ok_or_else(|| format!("there is no dossier {}", options.code))?.id;
    let at = Clock::system().now();
    match &options.reason {
        Some(reason) => {
            holds::place(db.writer(), dossier, reason, at).await.map_err(|e| e.to_string())?;
            tell(&format!("ok {} is kept until the hold is lifted", options.code));
        }
        None => {
            let lifted = holds::lift(db.writer(), dossier, at).await.map_err(|e| e.to_string())?;
            tell(&format!("ok {lifted} holds of {} were lifted", options.code));
        }
    }
    Ok(ExitCode::SUCCESS)
}
