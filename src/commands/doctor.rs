//! `motcua doctor`: checks settings and connections one by one, and says in words what to do.

use super::{Done, tell};
use crate::backups::folder::Folder;
use crate::settings::Settings;
use chrono::TimeDelta;
use clap::Args;
use entities::clock::Clock;
use entities::database::Database;
use entities::keys::ring;
use object_store::path::Path as Place;
use object_store::{ObjectStoreExt, PutPayload};
use secrecy::ExposeSecret;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// Older than two nights, a backup was missed.
const OLD_BACKUP: TimeDelta = TimeDelta::hours(48);

/// Options of `motcua doctor`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Check what would let somebody in, instead of what does not work; ends with 1 when something is bad.
    #[arg(long)]
    security: bool,
}

/// Checks everything; ends with 1 when something is wrong. `file` is the settings file, when one was named.
pub(crate) async fn run(settings: &Settings, options: &Options, file: Option<&Path>) -> Done {
    if options.security {
        return super::security::run(settings, file).await;
    }
    let mut well = true;
    for (what, found) in [
        ("database", database(settings).await),
        ("files", files(settings).await),
        ("sealing", sealing(settings).await),
        ("chronicle", chronicle(settings)),
        ("backups", backups(settings)),
        ("redis", redis(settings).await),
        ("api", edge(settings)),
    ] {
        well &= say(what, &found);
    }
    well &= super::programs::check(settings).await;
    well &= super::parties::check(settings).await;
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Says one finding, and whether it is good.
pub(super) fn say(what: &str, found: &Result<String, String>) -> bool {
    match found {
        Ok(words) => tell(&format!("ok {what}: {words}")),
        Err(words) => tell(&format!("!! {what}: {words}")),
    }
    found.is_ok()
}

async fn database(settings: &Settings) -> Result<String, String> {
    let db = Database::connect(&settings.database).await.map_err(|e| format!("does not open: {e}"))?;
    let missing = super::migrate::pending(&db).await?;
    if !missing.is_empty() {
        return Err(format!("{} migrations are missing; run `motcua migrate`", missing.len()));
    }
    let calendar =
        entities::catalogue::Catalogue::default().calendar(db.reader(), Clock::system().now()).await;
    calendar.map_err(|_| "no calendar; run `motcua seed`".to_owned())?;
    Ok(format!("{:?}, tables up to date, calendar there", db.backend()))
}

async fn files(settings: &Settings) -> Result<String, String> {
    let store = crate::assembly::file_store(&settings.files.store)?;
    let probe = Place::from("probe/doctor");
    store
        .put(&probe, PutPayload::from_static(b"motcua"))
        .await
        .map_err(|e| format!("cannot be written: {e}"))?;
    store.delete(&probe).await.map_err(|e| format!("cannot be deleted from: {e}"))?;
    Ok(format!("{} can be written", settings.files.store))
}

/// Opens the data keys without making any.
async fn sealing(settings: &Settings) -> Result<String, String> {
    let masters = settings.sealing.masters()?;
    let enough = "the master secret is long enough";
    let db = Database::connect(&settings.database)
        .await
        .map_err(|_| format!("{enough}, the keys are not read"))?;
    let rows = ring::rows(db.reader()).await.map_err(|e| format!("the data keys cannot be read: {e}"))?;
    if rows.is_empty() {
        return Ok(format!("{enough}; the data keys are made at the first start"));
    }
    ring::read(&db, &masters, Clock::system().now()).await.map_err(|e| e.to_string())?;
    match rows.iter().filter(|row| row.master != masters.now.id).count() {
        0 => Ok(format!("{enough}; {} data keys open with it", rows.len())),
        former => Ok(format!("{former} data keys are wrapped by a former master; run `motcua keys rotate`")),
    }
}

fn chronicle(settings: &Settings) -> Result<String, String> {
    match settings.chronicle.key().map_err(|e| e.to_string())? {
        Some(key) => Ok(format!("its heads are signed by the key {}", key.id())),
        None => Ok("its heads are not signed; set [chronicle] signing_key for the workers".into()),
    }
}

/// The age of the newest backup in the folder that the settings name.
fn backups(settings: &Settings) -> Result<String, String> {
    let Some(folder) = &settings.backup.folder else {
        return Ok("nobody watches them; name their folder in [backup] folder".into());
    };
    let newest = Folder(folder.clone()).newest()?;
    let newest = newest.ok_or_else(|| format!("none lies in {}; run `motcua backup`", folder.display()))?;
    let hours = (Clock::system().now() - newest).num_hours();
    if hours > OLD_BACKUP.num_hours() {
        return Err(format!(
            "the newest is {hours} hours old; see `systemctl status motcua-backup`, then run `motcua backup`"
        ));
    }
    Ok(format!("the newest is {hours} hours old"))
}

async fn redis(settings: &Settings) -> Result<String, String> {
    let Some(url) = &settings.redis.url else {
        return Ok("none; processes find each other's jobs by polling".into());
    };
    let client = redis::Client::open(url.as_str()).map_err(|e| e.to_string())?;
    let asked = tokio::time::timeout(Duration::from_secs(3), client.get_multiplexed_async_connection()).await;
    asked.map_err(|_| "does not answer within 3 s".to_owned())?.map_err(|e| e.to_string())?;
    Ok("answers".into())
}

fn edge(settings: &Settings) -> Result<String, String> {
    if settings.api.cursor_secret.expose_secret().len() < 32 {
        return Err("[api] cursor_secret needs at least 32 characters".into());
    }
    if settings.office.link_secret.expose_secret().len() < 32 {
        return Err("[office] link_secret needs at least 32 characters".into());
    }
    if settings.api.issuers.is_empty() && !settings.api.demo {
        return Err("no issuer of tokens is set up, so nobody can sign in; add [[api.issuers]]".into());
    }
    Ok(format!("{} issuers of tokens", settings.api.issuers.len()))
}
