//! Who may send us something: the shared key, the address, and the certificate's subject, where the settings ask for them.

use super::Settings;
use crate::{failure::Failure, portal::Caller};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use subtle::ConstantTimeEq;

/// The rules of one inbox.
#[derive(Debug)]
pub(super) struct Admission {
    key: Option<SecretString>,
    header: String,
    networks: Vec<Network>,
    subjects: Option<(String, Vec<String>)>,
}

impl Admission {
    pub(super) fn new(settings: Settings) -> Result<Self, Failure> {
        let networks = settings.addresses.iter().map(|text| Network::read(text)).collect::<Option<_>>();
        let networks = networks.ok_or_else(|| Failure::fail("inbox: an address cannot be read"))?;
        if settings.subject_header.is_some() && settings.subjects.is_empty() {
            return Err(Failure::fail("inbox: subject_header is set, but no subjects are"));
        }
        if settings.key.as_ref().is_some_and(|key| key.expose_secret().trim().is_empty()) {
            return Err(Failure::fail("inbox: the key is empty"));
        }
        Ok(Self {
            key: settings.key,
            header: settings.header,
            networks,
            subjects: settings.subject_header.map(|header| (header, settings.subjects)),
        })
    }

    /// Whether the caller is let in; the body is looked at last, because reading it costs most.
    pub(super) fn admits(&self, caller: &Caller<'_>, body: &[u8]) -> bool {
        let Some(key) = &self.key else {
            return false;
        };
        if !self.knows_address(caller.address) || !self.knows_subject(caller) {
            return false;
        }
        match caller.header.value(&self.header) {
            Some(shown) => same(shown, key),
            None => key_in(body).is_some_and(|shown| same(&shown, key)),
        }
    }

    fn knows_address(&self, address: &str) -> bool {
        let holds = |address: IpAddr| self.networks.iter().any(|network| network.holds(address));
        self.networks.is_empty()
            || address.parse::<IpAddr>().is_ok_and(|address| holds(address.to_canonical()))
    }

    fn knows_subject(&self, caller: &Caller<'_>) -> bool {
        let Some((header, subjects)) = &self.subjects else {
            return true;
        };
        caller.header.value(header).is_some_and(|shown| subjects.iter().any(|subject| subject == shown))
    }
}

// Digests are compared, so that neither the bytes nor the length of the key can be found out by time.
fn same(shown: &str, key: &SecretString) -> bool {
    let digest = |text: &str| Sha256::digest(text.as_bytes());
    digest(shown).ct_eq(&digest(key.expose_secret())).into()
}

const MEMBER: &str = "SecurityKey";

fn key_in(body: &[u8]) -> Option<String> {
    if let Ok(message) = serde_json::from_slice::<Value>(body) {
        return message.get(MEMBER)?.as_str().map(str::to_owned);
    }
    let text = std::str::from_utf8(body).ok()?;
    let found = url::form_urlencoded::parse(text.as_bytes()).find(|(name, _)| name == MEMBER);
    found.map(|(_, value)| value.into_owned())
}

/// An address or a network.
#[derive(Debug)]
struct Network {
    address: IpAddr,
    bits: u32,
}

impl Network {
    fn read(text: &str) -> Option<Self> {
        let (address, bits) =
            text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.trim().parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Some(most), |bits| bits.trim().parse().ok())?;
        (bits <= most).then_some(Self { address, bits })
    }

    fn holds(&self, other: IpAddr) -> bool {
        match (self.address, other) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32_u32.saturating_sub(self.bits)).unwrap_or_default();
                own.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128_u32.saturating_sub(self.bits)).unwrap_or_default();
                own.to_bits() & mask == other.to_bits() & mask
            }
            _ => false,
        }
    }
}
