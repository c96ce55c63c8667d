//! `motcua doctor`: checks settings and connections one by one, and says in words what to do.

use super::{Done, tell};
use crate::assembly::{ONE_OF_EACH, none_doubled, set_up};
use crate::settings::Settings;
use connectors::registry;
use entities::database::Database;
use entities::sealing::Sealer;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use secrecy::ExposeSecret;
use std::process::ExitCode;
use std::time::Duration;

/// Checks everything; ends with 1 when something is wrong.
pub(crate) async fn run(settings: &Settings) -> Done {
    let mut well = true;
    for (what, found) in [
        ("database", database(settings).await),
        ("files", files(settings).await),
        (
            "sealing",
            Sealer::new(&settings.sealing.master)
                .map(|_| "the master secret is long enough".into())
                .map_err(|e| e.to_string()),
        ),
        ("redis", redis(settings).await),
        ("api", edge(settings)),
    ] {
        well &= say(what, &found);
    }
    well &= parties(settings).await;
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn parties(settings: &Settings) -> bool {
    let mut well = true;
    for entry in registry::REGISTRY {
        if let Some(section) = settings.connectors.get(entry.key) {
            let built = entry.set_up(section);
            let reached = match &built {
                Ok(_) => reach(section).await,
                Err(failure) => Err(failure.to_string()),
            };
            well &= say(&format!("connector {}", entry.key), &reached);
        } else {
            tell(&format!("–  connector {}: not set up ({})", entry.key, entry.about));
        }
    }
    if let Err(doubled) = none_doubled(settings) {
        well = say("connectors", &Err(doubled));
    }
    let missing = ONE_OF_EACH.iter().filter(|(kind, _)| set_up(settings, *kind).is_empty());
    let missing: Vec<_> = missing.map(|(_, name)| *name).collect();
    if !missing.is_empty() {
        tell(&format!("–  worker: work for the {} waits until it is set up", missing.join(" and the ")));
    }
    well
}

fn say(what: &str, found: &Result<String, String>) -> bool {
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
    let calendar = entities::catalogue::Catalogue::default()
        .calendar(db.reader(), entities::clock::Clock::system().now())
        .await;
    calendar.map_err(|_| "no calendar; run `motcua seed`".to_owned())?;
    Ok(format!("{:?}, tables up to date, calendar there", db.backend()))
}

async fn files(settings: &Settings) -> Result<String, String> {
    let store = crate::assembly::file_store(&settings.files.store)?;
    let probe = Path::from("probe/doctor");
    store
        .put(&probe, PutPayload::from_static(b"motcua"))
        .await
        .map_err(|e| format!("cannot be written: {e}"))?;
    store.delete(&probe).await.map_err(|e| format!("cannot be deleted from: {e}"))?;
    Ok(format!("{} can be written", settings.files.store))
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

/// A party with an address must at least take a connection.
async fn reach(section: &serde_json::Value) -> Result<String, String> {
    let text = |name: &str| section.get(name).and_then(serde_json::Value::as_str);
    let place = match (text("url"), text("host")) {
        (Some(url), _) => url.split("://").nth(1).unwrap_or(url).split('/').next().unwrap_or(url).to_owned(),
        (None, Some(host)) => {
            format!("{host}:{}", section.get("port").map_or("25".into(), ToString::to_string))
        }
        (None, None) => return Ok("set up".into()),
    };
    let secure = text("url").is_some_and(|url| url.starts_with("https"));
    let place =
        if place.contains(':') { place } else { format!("{place}:{}", if secure { 443 } else { 80 }) };
    let connected = async {
        let known = tokio::net::lookup_host(&place).await;
        let addresses: Vec<_> =
            known.map_err(|e| format!("the name of {place} is not found: {e}"))?.collect();
        let taken = tokio::net::TcpStream::connect(&*addresses).await;
        taken.map_err(|e| format!("{place} refuses: {e}"))
    };
    let asked = tokio::time::timeout(Duration::from_secs(3), connected).await;
    asked.map_err(|_| format!("{place} does not answer within 3 s"))??;
    Ok(format!("set up, {place} takes connections"))
}
