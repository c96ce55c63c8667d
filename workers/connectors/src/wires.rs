//! The parties that an office has set up, by connector key; the same for the edge and for the workers.

use crate::{
    failure::Failure,
    line::Line,
    mail::Mailer,
    monitor::UsageMonitor,
    payment::PaymentPlatform,
    portal::NationalPortal,
    post::PostCarrier,
    registry::{Connector, Entry, Kind},
    scanner::VirusScanner,
    text::TextCarrier,
};
use rules::notices::NoticeChannel;
use rules::parties::PartyState;
use serde_json::Value;
use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

/// Cheap to clone.
#[derive(Clone, Default)]
pub struct Wires {
    /// Payment platforms; the first is the one that new payments use unless the payer names another.
    pub platforms: BTreeMap<String, Arc<dyn PaymentPlatform>>,
    /// Postal carriers.
    pub carriers: BTreeMap<String, Arc<dyn PostCarrier>>,
    /// The national portal.
    pub portal: Option<Arc<dyn NationalPortal>>,
    /// Its connector key, under which it calls us.
    pub portal_key: String,
    /// Who measures how services are used.
    pub monitor: Option<Arc<dyn UsageMonitor>>,
    /// Who carries letters.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// Who carries texts to telephones.
    pub texts: BTreeMap<String, Arc<dyn TextCarrier>>,
    /// Who looks for viruses.
    pub scanner: Option<Arc<dyn VirusScanner>>,
    /// Every connector that is set up, by key.
    pub connectors: BTreeMap<String, Connector>,
    /// The line of each, by the same key.
    pub lines: BTreeMap<String, Line>,
}

impl Wires {
    /// Adds a connector under its key.
    pub fn add(&mut self, key: &str, connector: Connector) {
        self.connectors.insert(key.to_owned(), connector.clone());
        match connector {
            Connector::Payment(platform) => {
                self.platforms.insert(key.to_owned(), platform);
            }
            Connector::Post(carrier) => {
                self.carriers.insert(key.to_owned(), carrier);
            }
            Connector::Portal(portal) => {
                self.portal = Some(portal);
                key.clone_into(&mut self.portal_key);
            }
            Connector::Monitor(monitor) => self.monitor = Some(monitor),
            Connector::Mail(mailer) => self.mailer = Some(mailer),
            Connector::Scanner(scanner) => self.scanner = Some(scanner),
            Connector::Text(carrier) => {
                self.texts.insert(key.to_owned(), carrier);
            }
        }
    }

    /// Sets a connector up from its section, with its line. Fails in words.
    pub fn set_up(&mut self, entry: &Entry, section: &Value) -> Result<(), Failure> {
        let (connector, line) = entry.set_up(section)?;
        self.add(entry.key, connector);
        self.lines.insert(entry.key.to_owned(), line);
        Ok(())
    }

    /// The same wires with one more.
    #[must_use]
    pub fn with(mut self, key: &str, connector: Connector) -> Self {
        self.add(key, connector);
        self
    }

    /// The payment platform of a key.
    pub fn platform(&self, key: &str) -> Result<&Arc<dyn PaymentPlatform>, Failure> {
        self.platforms.get(key).ok_or_else(|| not_set_up(key, &format!("payment platform {key}")))
    }

    /// The carrier of a key.
    pub fn carrier(&self, key: &str) -> Result<&Arc<dyn PostCarrier>, Failure> {
        self.carriers.get(key).ok_or_else(|| not_set_up(key, &format!("carrier {key}")))
    }

    /// The national portal.
    pub fn portal(&self) -> Result<&Arc<dyn NationalPortal>, Failure> {
        self.portal.as_ref().ok_or_else(|| not_set_up(Kind::Portal.key(), "national portal"))
    }

    /// The portal of this connector key, for what it sends us.
    pub fn portal_of(&self, key: &str) -> Option<&Arc<dyn NationalPortal>> {
        self.portal.as_ref().filter(|_| self.portal_key == key)
    }

    /// Who carries texts for a channel, with its connector key; the first one of several.
    pub fn texts_for(&self, channel: NoticeChannel) -> Option<(&str, &Arc<dyn TextCarrier>)> {
        let mut all = self.texts.iter().map(|(key, carrier)| (key.as_str(), carrier));
        all.find(|(_, carrier)| carrier.channel() == channel)
    }

    /// The mailer's connector key.
    pub fn mailer_key(&self) -> Option<String> {
        let mut all = self.connectors.iter();
        all.find(|(_, connector)| matches!(connector, Connector::Mail(_))).map(|(key, _)| key.clone())
    }

    /// The national monitor of online services.
    pub fn monitor(&self) -> Result<&Arc<dyn UsageMonitor>, Failure> {
        self.monitor.as_ref().ok_or_else(|| not_set_up(Kind::Monitor.key(), "usage monitor"))
    }

    /// Who looks for viruses.
    pub fn scanner(&self) -> Result<&Arc<dyn VirusScanner>, Failure> {
        self.scanner.as_ref().ok_or_else(|| not_set_up(Kind::Scanner.key(), "virus scanner"))
    }

    /// Who carries letters.
    pub fn mailer(&self) -> Result<&Arc<dyn Mailer>, Failure> {
        self.mailer.as_ref().ok_or_else(|| not_set_up(Kind::Mail.key(), "mailer"))
    }
}

impl Wires {
    /// Whether a party that calls us is heard. Money is heard from one that is off too: it has been paid.
    pub fn hears(&self, key: &str) -> Result<(), Failure> {
        let state = self.lines.get(key).map_or(PartyState::Live, Line::state);
        if matches!(state, PartyState::Live | PartyState::Testing) {
            return Ok(());
        }
        let (vi, en) = state.words();
        Err(Failure::wait(key, NOT_SET_UP, format!("{key} {vi} / {key} is {en}")))
    }
}

/// How long work waits for a party that is not set up; the start of a process that has it brings the work forward.
const NOT_SET_UP: Duration = Duration::from_secs(3_600);

// The work waits until an administrator sets the party up; nothing is lost by then.
fn not_set_up(party: &str, words: &str) -> Failure {
    let words = format!("chưa khai báo {words} trong [connectors] / no {words} is set up under [connectors]");
    Failure::wait(party, NOT_SET_UP, words)
}

/// Names what is set up; the parties' own settings are not shown.
impl fmt::Debug for Wires {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wires")
            .field("platforms", &self.platforms.keys())
            .field("carriers", &self.carriers.keys())
            .field("portal", &self.portal.is_some())
            .field("mailer", &self.mailer.is_some())
            .field("texts", &self.texts.keys())
            .field("scanner", &self.scanner.is_some())
            .finish()
    }
}
