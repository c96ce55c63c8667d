//! The twins of all outside parties, each on a port of its own.

use crate::assembly::{House, ONE_OF_EACH};
use crate::commands::api::listen;
use crate::demo::people::COMMUNE;
use connectors::registry::{Entry, Kind, REGISTRY};
use connectors::sandbox::{Running, StandIn};
use entities::catalogue::units;
use entities::clock::Clock;
use entities::database::Database;
use entities::jobs::schedule;
use entities::shipments::carriers;
use entities::tables::unit_carriers;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

/// A running twin.
pub(crate) struct Twin {
    /// Its entry in the registry.
    pub entry: &'static Entry,
    /// The twin.
    pub running: Running,
    /// Whether the demo's office speaks to it; of a portal it has one.
    pub used: bool,
}

/// The running twins, in the order of the registry.
pub(crate) struct Twins(Vec<Twin>);

/// The platform, the carrier and the portal of the story.
pub(crate) const PAYMENT: &str = "national_platform";
pub(crate) const POST: &str = "vnpost_hcc";
const PORTAL: &str = "dvcqg";
const MAIL: &str = "smtp";

/// Ports after the API's that people know by heart.
const KNOWN: [(&str, u16); 4] = [(PAYMENT, 1), (POST, 2), (PORTAL, 3), (MAIL, 4)];

/// First port of the others, after the API's.
const OTHERS: u16 = 20;

/// Starts a twin for every entry of the registry that has one.
pub(crate) fn start(port: u16, clock: &Clock) -> Result<Twins, String> {
    let mut twins: Vec<Twin> = Vec::new();
    let mut next = OTHERS;
    for entry in REGISTRY {
        let Some(sandbox) = entry.sandbox else { continue };
        let offset = KNOWN.iter().find(|(key, _)| *key == entry.key).map_or(next, |(_, offset)| *offset);
        if offset == next {
            next += 1;
        }
        let one = ONE_OF_EACH.iter().any(|(kind, _)| *kind == entry.kind);
        let used = !(one && twins.iter().any(|twin| twin.entry.kind == entry.kind));
        let running = sandbox(stand_in(entry, port, offset, clock)?)
            .map_err(|e| format!("the twin of {} does not start: {e}", entry.key))?;
        twins.push(Twin { entry, running, used });
    }
    Ok(Twins(twins))
}

impl Twins {
    /// All of them.
    pub(crate) fn all(&self) -> &[Twin] {
        &self.0
    }

    /// The payment platform of the story.
    pub(crate) fn payment(&self) -> Result<&Running, String> {
        self.of(PAYMENT)
    }

    /// The carrier of the story.
    pub(crate) fn post(&self) -> Result<&Running, String> {
        self.of(POST)
    }

    /// The national portal.
    pub(crate) fn portal(&self) -> Result<&Running, String> {
        self.of(PORTAL)
    }

    /// The mail server.
    pub(crate) fn mail(&self) -> Result<&Running, String> {
        self.of(MAIL)
    }

    fn of(&self, key: &str) -> Result<&Running, String> {
        let twin = self.0.iter().find(|twin| twin.entry.key == key);
        twin.map(|twin| &twin.running).ok_or_else(|| format!("no twin for {key}"))
    }
}

fn stand_in(entry: &Entry, port: u16, offset: u16, clock: &Clock) -> Result<StandIn, String> {
    // A page of its own is for twins that speak no HTTP; the others let go of this port.
    let further = if offset < OTHERS { 10 } else { 30 };
    let clock = clock.clone();
    Ok(StandIn {
        listener: at(port + offset)?,
        clock: Arc::new(move || clock.now()),
        callback_url: callback(entry.kind)
            .map(|room| format!("http://127.0.0.1:{port}/v1/callbacks/{room}/{}", entry.key)),
        late: Duration::from_secs(5),
        page: Some(at(port + offset + further)?),
    })
}

/// Where parties of a kind call us.
fn callback(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Payment => Some("payments"),
        Kind::Post => Some("carriers"),
        Kind::Portal => Some("portals"),
        Kind::Text => Some("texts"),
        Kind::Monitor | Kind::Mail | Kind::Scanner => None,
    }
}

fn at(port: u16) -> Result<TcpListener, String> {
    listen(&format!("127.0.0.1:{port}"))
}

/// In the demo nobody wants to wait ten minutes for the postman's list.
pub(crate) async fn follow_the_post_closely(db: &Database) -> Result<(), String> {
    let mut lines = schedule::usual();
    lines.iter_mut().filter(|line| line.name == "track_post").for_each(|line| line.every_seconds = 2);
    schedule::ensure(db.writer(), &lines, Clock::system().now()).await.map_err(|e| e.to_string())
}

/// Of several carriers the commune has chosen the one of the story.
pub(crate) async fn choose_the_carrier(house: &House) -> Result<(), String> {
    let commune = units::by_code(house.db.writer(), COMMUNE).await.map_err(|e| e.to_string())?.row.id;
    let usual = carriers::of_unit(house.db.reader(), commune).await.map_err(|e| e.to_string())?;
    let row = unit_carriers::Model { unit_id: commune, carrier: POST.into(), point_id: usual.point };
    let tx = house.db.begin().await.map_err(|e| e.to_string())?;
    carriers::choose(&tx, row).await.map_err(|e| e.to_string())?;
    tx.commit().await.map_err(|e| e.to_string())
}
