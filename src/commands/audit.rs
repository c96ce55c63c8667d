//! `motcua audit verify`: checks the chains, the checkpoints and the history from the database alone.

use super::{Done, tell, tell_error};
use crate::settings::Settings;
use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use entities::chronicle::verifying::{Account, Scope, verify};
use entities::database::Database;
use std::process::ExitCode;

/// What can be done with the chronicle.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Check every link, entry and checkpoint; ends with 1 and names the place where something does not hold.
    Verify(Options),
}

/// Options of `motcua audit verify`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Begin each chain behind its last checkpoint before this instant, such as 2026-11-22T17:00:00Z.
    #[arg(long)]
    from: Option<DateTime<Utc>>,
    /// A public key that may have signed, 64 hex digits, as it was kept outside the database; may be given again. Without
    /// any, the keys in the database are believed.
    #[arg(long = "key")]
    keys: Vec<String>,
}

/// Checks and says what was found.
pub(crate) async fn run(settings: &Settings, audit: &Audit) -> Done {
    let Audit::Verify(options) = audit;
    let db = Database::connect(&settings.database).await.map_err(|e| format!("[database] {e}"))?;
    let scope = Scope { from: options.from, trusted: options.keys.clone() };
    let account = verify(db.reader(), &scope).await.map_err(|e| e.to_string())?;
    say(&account);
    Ok(if account.breaks.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn say(account: &Account) {
    let Account { chains, links, records, checkpoints, waiting, breaks } = account;
    tell(&format!(
        "{chains} chains, {links} links, {records} history entries, {checkpoints} checkpoints checked; \
         {waiting} entries wait to be linked"
    ));
    for found in breaks {
        tell_error(&format!("!! {found}"));
    }
    tell(if breaks.is_empty() {
        "ok everything holds"
    } else {
        "!! the chronicle was changed; see the lines above"
    });
}
