//! `motcua backup`, `motcua backup verify` and `motcua restore`: the office in a folder, while it runs, and back.

use super::{Done, tell, tell_error};
use crate::assembly::file_store;
use crate::backups::folder::{Folder, make};
use crate::backups::manifest::Manifest;
use crate::backups::verifying::{Checked, check};
use crate::backups::{pruning, restoring, taking};
use crate::settings::Settings;
use clap::{Args, Subcommand};
use entities::chronicle::verifying::{Scope, verify};
use entities::clock::Clock;
use entities::database::Database;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Options of `motcua backup`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Options {
    #[command(subcommand)]
    other: Option<Other>,
    /// Folder of backups, made when missing; files that lie in it already are not copied again.
    #[arg(required = true)]
    folder: Option<PathBuf>,
    /// Remove older backups until this many are left, and the files that none of them names.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    keep: Option<u16>,
}

#[derive(Debug, Subcommand)]
enum Other {
    /// Check every piece of a backup against its manifest; ends with 1 and names what differs.
    Verify(Chosen),
}

/// A backup in a folder.
#[derive(Debug, Args)]
pub(crate) struct Chosen {
    /// Folder of backups.
    folder: PathBuf,
    /// Name of the backup; the newest when none is named.
    #[arg(long)]
    at: Option<String>,
}

/// Takes a backup, or checks one.
pub(crate) async fn run(settings: &Settings, options: &Options) -> Done {
    match (&options.other, &options.folder) {
        (Some(Other::Verify(chosen)), _) => {
            let (_, backup, checked) = checked(chosen)?;
            say(&backup, &checked.manifest);
            tell("ok every piece is as the manifest says");
            Ok(ExitCode::SUCCESS)
        }
        (None, Some(folder)) => take(settings, folder, options.keep).await,
        (None, None) => Err("name the folder of the backups".into()),
    }
}

async fn take(settings: &Settings, folder: &Path, keep: Option<u16>) -> Done {
    let folder = Folder(folder.to_path_buf());
    make(&folder.0)?;
    let _alone = folder.alone()?;
    let db = Database::connect(&settings.database).await.map_err(|e| format!("[database] {e}"))?;
    let store = file_store(&settings.files.store)?;
    let taken = taking::take(&db, store.as_ref(), &folder, Clock::system().now()).await?;
    say(&folder.0.join(&taken.name), &taken.manifest);
    tell(&format!("ok {} files were copied, the others lay in the folder", taken.copied));
    if let Some(keep) = keep {
        let (backups, files) = pruning::prune(&folder, keep.into())?;
        tell(&format!("ok {backups} older backups and {files} files that no backup names were removed"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Restores a backup into an empty office.
pub(crate) async fn restore(settings: &Settings, chosen: &Chosen) -> Done {
    let (folder, backup, checked) = checked(chosen)?;
    say(&backup, &checked.manifest);
    let db = Database::connect(&settings.database).await.map_err(|e| format!("[database] {e}"))?;
    let store = file_store(&settings.files.store)?;
    restoring::restore((&folder, &backup), &checked, &db, store.as_ref()).await.map_err(nothing)?;
    tell("ok every row and every file is back and reads as it was written");
    let account = verify(db.reader(), &Scope::default()).await.map_err(|e| e.to_string())?;
    account.breaks.iter().for_each(|found| tell_error(&format!("!! {found}")));
    if account.breaks.is_empty() {
        tell(&format!("ok {} chains with {} links hold", account.chains, account.links));
        return Ok(ExitCode::SUCCESS);
    }
    Err("everything was restored, but the chronicle had been changed; see the lines above".into())
}

fn nothing(words: String) -> String {
    format!("{words}\nmotcua: no row was written; files may be, empty the store before you try again")
}

fn checked(chosen: &Chosen) -> Result<(Folder, PathBuf, Checked), String> {
    let folder = Folder(chosen.folder.clone());
    let backup = folder.chosen(chosen.at.as_deref())?;
    match check(&folder, &backup) {
        Ok(checked) => Ok((folder, backup, checked)),
        Err(flaws) => {
            flaws.iter().for_each(|flaw| tell_error(&format!("!! {flaw}")));
            Err(format!("{}: this backup is not whole; nothing was written", backup.display()))
        }
    }
}

fn say(backup: &Path, manifest: &Manifest) {
    let Manifest { program, engine, taken_at, tables, files, .. } = manifest;
    tell(&format!(
        "{}: {} tables, {} rows, {} files, {} bytes; taken {taken_at} by motcua {program} from {engine}",
        backup.display(),
        tables.len(),
        manifest.rows(),
        files.count,
        files.bytes
    ));
    if !files.missing.is_empty() {
        tell_error(&format!(
            "!! {} files that rows name were not in the store when it was taken, such as {}",
            files.missing.len(),
            files.missing.first().map_or("", String::as_str)
        ));
    }
}
