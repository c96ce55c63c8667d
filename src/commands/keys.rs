//! `motcua keys`: which data keys there are, and turning masters and data keys.

use super::{Done, tell, who};
use crate::settings::Settings;
use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use entities::chronicle::about::About;
use entities::chronicle::entry::Kind;
use entities::chronicle::noting::{AtTerminal, note_at_terminal};
use entities::clock::Clock;
use entities::database::Database;
use entities::keys::{ring, turning};
use entities::sealing::Sealer;
use entities::tables::data_keys::Model;
use std::process::ExitCode;

/// What can be done with the keys.
#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Show the data keys, without the keys themselves.
    List,
    /// Wrap every data key by the master that is set now; former masters are not needed any more afterwards.
    Rotate(Options),
}

/// Options of `motcua keys rotate`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Also make new data keys for what is sealed from now on; those before go on opening.
    #[arg(long)]
    data: bool,
}

/// Does it, and says what was done.
pub(crate) async fn run(settings: &Settings, keys: &Keys) -> Done {
    let db = Database::connect(&settings.database).await.map_err(|e| format!("[database] {e}"))?;
    let at = Clock::system().now();
    if let Keys::Rotate(options) = keys {
        rotate(settings, &db, options.data, at).await.map_err(|e| format!("[sealing] {e}"))?;
    }
    for row in ring::rows(db.reader()).await.map_err(|e| e.to_string())? {
        tell(&line(&row, at));
    }
    db.close().await.map_err(|e| e.to_string())?;
    Ok(ExitCode::SUCCESS)
}

async fn rotate(settings: &Settings, db: &Database, data: bool, at: DateTime<Utc>) -> Result<(), String> {
    let masters = settings.sealing.masters()?;
    let turned = turning::turn_master(db, &masters).await.map_err(|e| e.to_string())?;
    tell(&format!("{turned} data keys wrapped again by the master {}", masters.now.id));
    if data {
        let made = turning::turn_data(db, &masters, at).await.map_err(|e| e.to_string())?;
        tell(&format!("{} data keys made; they seal in {} s", made.len(), turning::NOTICE.num_seconds()));
    }
    let sealer = Sealer::unlock(db, masters, at).await.map_err(|e| e.to_string())?;
    let what = if data { "motcua keys rotate --data" } else { "motcua keys rotate" };
    let (kind, about) = (Kind::Administration, About::default());
    let told = AtTerminal { kind, what, about, purpose: None, after: None, at };
    note_at_terminal(db.writer(), &sealer, &who(), told).await.map_err(|e| e.to_string())
}

fn line(row: &Model, at: DateTime<Utc>) -> String {
    let state = match row.retired_at {
        Some(retired) if retired <= at => "opens",
        _ if row.seals_from > at => "waits",
        _ => "seals",
    };
    let Model { id, purpose, number, master, created_at, .. } = row;
    format!("{id}  {purpose:<6}  {number:>3}  {state}  master {master}  made {}", created_at.to_rfc3339())
}
