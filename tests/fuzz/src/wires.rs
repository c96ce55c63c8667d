//! What outside parties send of themselves: to every connector of the registry, believed or not.

use crate::text;
use chrono::{DateTime, Utc};
use connectors::portal::dvcqg::inbox::FAMILIES;
use connectors::portal::{Caller, HeaderLookup};
use connectors::registry::{Connector, REGISTRY};
use connectors::text::Heard;
use connectors::wire::Wire;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static CONNECTORS: LazyLock<Vec<Connector>> = LazyLock::new(|| {
    let built = |entry: &connectors::registry::Entry| {
        (entry.build)((entry.example)("http://127.0.0.1:9"), Wire::default()).ok()
    };
    REGISTRY.iter().filter_map(built).collect()
});

pub(crate) fn payments(bytes: &[u8]) {
    for connector in CONNECTORS.iter() {
        if let Connector::Payment(platform) = connector {
            let heard = platform.verify(bytes);
            let _ = platform.acknowledge(DateTime::<Utc>::UNIX_EPOCH, bytes, heard.is_ok(), "words");
            let _ = platform.scrub(bytes);
        }
    }
}

pub(crate) fn carriers(bytes: &[u8]) {
    let (headers, body) = headed(bytes);
    for connector in CONNECTORS.iter() {
        if let Connector::Post(carrier) = connector {
            let _ = carrier.read_event(body, &headers);
        }
    }
}

pub(crate) fn texts(bytes: &[u8]) {
    let (headers, body) = headed(bytes);
    for connector in CONNECTORS.iter() {
        if let Connector::Text(carrier) = connector {
            let _ = carrier.receipts(&Heard { headers: &headers, body });
        }
    }
}

pub(crate) fn portals(bytes: &[u8]) {
    let (headers, body) = headed(bytes);
    let headers = Headers(headers);
    for connector in CONNECTORS.iter() {
        if let Connector::Portal(portal) = connector {
            let _ = portal.inbox().admits(&Caller { address: "192.0.2.7", header: &headers }, body);
            for family in FAMILIES {
                let _ = portal.inbox().read(family, body);
            }
        }
    }
}

#[derive(Debug)]
struct Headers(BTreeMap<String, String>);

impl HeaderLookup for Headers {
    fn value(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// Lines `name: value` before an empty line are headers, where there are any.
fn headed(bytes: &[u8]) -> (BTreeMap<String, String>, &[u8]) {
    let Some(end) = bytes.windows(2).position(|pair| pair == b"\n\n") else {
        return (BTreeMap::new(), bytes);
    };
    let Some(head) = text(&bytes[..end]) else { return (BTreeMap::new(), bytes) };
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let headers = lines.map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    (headers.collect(), &bytes[end + 2..])
}
