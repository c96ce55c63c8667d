//! What the doctor says of the outside parties: set up, used, reached, what waits for them, and what to do.

use super::tell;
use crate::assembly::{ONE_OF_EACH, none_doubled, set_up};
use crate::settings::Settings;
use chrono::{DateTime, Utc};
use connectors::registry::{Entry, Kind, REGISTRY};
use entities::connectors::{calls, states};
use entities::database::Database;
use entities::jobs::waiting::{self, Waiting};
use entities::tables::connector_healths::Model as Health;
use rules::local_time::local;
use rules::parties::PartyState;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;
use workers::digitising_settings::Unscanned;

/// Tells of every connector; false when something is wrong with one that is set up.
pub(super) async fn check(settings: &Settings) -> bool {
    let known = Known::read(settings).await;
    let mut well = true;
    for entry in REGISTRY {
        well &= match settings.connectors.get(entry.key) {
            Some(section) => one(entry, section, &known).await,
            None => without(entry, &known),
        };
    }
    if let Err(doubled) = none_doubled(settings) {
        well = super::doctor::say("connectors", &Err(doubled));
    }
    absent(settings);
    well
}

/// Tells which work waits because nobody is there for it. Files do not wait for a scanner unless the office says so.
fn absent(settings: &Settings) {
    let hold = settings.digitising.unscanned == Unscanned::Hold;
    let waited_for = |kind: &Kind| *kind != Kind::Scanner || hold;
    let missing = ONE_OF_EACH.iter().filter(|(kind, _)| set_up(settings, *kind).is_empty());
    let waiting: Vec<_> =
        missing.clone().filter(|(kind, _)| waited_for(kind)).map(|(_, name)| *name).collect();
    if !waiting.is_empty() {
        tell(&format!("–  worker: work for the {} waits until it is set up", waiting.join(" and the ")));
    }
    if missing.into_iter().any(|(kind, _)| !waited_for(kind)) {
        tell("–  worker: files are let through unscanned, because [digitising] unscanned says so");
    }
}

/// What the office's memory holds of the parties; nothing when it does not open, which is said elsewhere.
#[derive(Default)]
struct Known {
    states: BTreeMap<String, PartyState>,
    healths: Vec<Health>,
    waiting: Vec<Waiting>,
}

impl Known {
    async fn read(settings: &Settings) -> Self {
        let Ok(db) = Database::connect(&settings.database).await else { return Self::default() };
        let said = states::said(db.reader()).await.unwrap_or_default();
        Self {
            states: said.into_iter().map(|(key, said)| (key, said.state)).collect(),
            healths: calls::healths(db.reader()).await.unwrap_or_default(),
            waiting: waiting::counts(db.reader()).await.unwrap_or_default(),
        }
    }

    fn waiting(&self, party: &str) -> i64 {
        self.waiting.iter().filter(|w| w.party == party).map(|w| w.number).sum()
    }
}

async fn one(entry: &Entry, section: &Value, known: &Known) -> bool {
    let reached = match entry.set_up(section) {
        Ok(_) => reach(section).await,
        Err(failure) => Err(format!("{failure}; correct [connectors.{}]", entry.key)),
    };
    let state = known.states.get(entry.key).copied().unwrap_or(PartyState::Live);
    let more = more(entry, state, known);
    let found = reached.map(|words| format!("{words}; {more}")).map_err(|words| format!("{words}; {more}"));
    super::doctor::say(&format!("connector {}", entry.key), &found)
}

fn more(entry: &Entry, state: PartyState, known: &Known) -> String {
    let mut words = vec![state.words().1.to_owned()];
    if let Some(health) = known.healths.iter().find(|health| health.key == entry.key) {
        words.extend(health.answered_at.map(|at| format!("last answered at {}", moment(at))));
        let failed = health.failed_at.filter(|failed| health.answered_at.is_none_or(|at| at < *failed));
        let why = health.failed_with.as_deref().unwrap_or("no words");
        words.extend(failed.map(|at| format!("the last call, at {}, failed: {why}", moment(at))));
    }
    let waiting = known.waiting(entry.key);
    if waiting > 0 {
        words.push(format!("{waiting} jobs wait for it"));
    }
    if state != PartyState::Live {
        words.push(format!("to use it, PUT /v1/admin/connectors/{}/state with live", entry.key));
    }
    words.join("; ")
}

fn without(entry: &Entry, known: &Known) -> bool {
    let waiting = known.waiting(entry.key);
    let work = if waiting > 0 { format!("; {waiting} jobs wait until it is") } else { String::new() };
    tell(&format!("–  connector {}: not set up ({}){work}", entry.key, entry.about));
    true
}

fn moment(at: DateTime<Utc>) -> String {
    local(at).format("%H:%M:%S %d/%m/%Y").to_string()
}

/// A party with an address must at least take a connection.
async fn reach(section: &Value) -> Result<String, String> {
    let text = |name: &str| section.get(name).and_then(Value::as_str);
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
