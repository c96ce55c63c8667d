//! `motcua hold`: keeps a dossier beyond its term, or lets it go.

use super::{Done, tell, who};
use crate::settings::Settings;
use clap::Args;
use entities::Error;
use entities::chronicle::about::About;
use entities::chronicle::entry::Kind;
use entities::chronicle::noting::{AtTerminal, note_at_terminal};
use entities::clock::Clock;
use entities::database::Database;
use entities::dossiers::reading::by_code;
use entities::erasing::blanks::NOBODY;
use entities::erasing::holds;
use entities::sealing::Sealer;
use entities::tables::dossiers::{self, Model};
use sea_orm::{EntityTrait, QuerySelect};
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

/// Places a hold or lifts all of them, and notes it in the chronicle of the dossier.
pub(crate) async fn run(settings: &Settings, options: &Options) -> Done {
    let db = Database::connect(&settings.database).await.map_err(|e| format!("[database] {e}"))?;
    let sealer = crate::keys::unlock(&settings.sealing, &db, &Clock::system()).await?;
    let found = by_code(db.reader(), &options.code).await.map_err(|e| e.to_string())?;
    let dossier = found.ok_or_else(|| format!("there is no dossier {}", options.code))?;
    let done = held(&db, &sealer, &dossier, options.reason.as_deref()).await.map_err(|e| e.to_string())?;
    match &options.reason {
        Some(_) => tell(&format!("ok {} is kept until the hold is lifted", options.code)),
        None => tell(&format!("ok {done} holds of {} were lifted", options.code)),
    }
    Ok(ExitCode::SUCCESS)
}

/// How many holds were placed or lifted.
async fn held(db: &Database, sealer: &Sealer, dossier: &Model, reason: Option<&str>) -> Result<u64, Error> {
    let (tx, at) = (db.begin().await?, Clock::system().now());
    let now = dossiers::Entity::find_by_id(dossier.id).lock_exclusive().one(&tx).await?;
    if now.is_some_and(|row| row.owner == NOBODY) {
        return Err(Error::Erased);
    }
    let (what, done) = match reason {
        Some(reason) => ("motcua hold", holds::place(&tx, dossier.id, reason, at).await.map(|()| 1)?),
        None => ("motcua hold --lift", holds::lift(&tx, dossier.id, at).await?),
    };
    let (kind, about) = (Kind::Administration, About::dossier(dossier, sealer));
    let told = AtTerminal { kind, what, about, purpose: reason, after: None, at };
    note_at_terminal(&tx, sealer, &who(), told).await?;
    tx.commit().await?;
    Ok(done)
}
