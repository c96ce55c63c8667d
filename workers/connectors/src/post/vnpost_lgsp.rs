//! VNPost's public post (HCC) through a province's own integration platform: the same bodies, one address (wire.md §3.2).

use super::vnpost_hcc::{self, Paths, VnpostHcc};
use super::{Leg, TrackingState};
use crate::{failure::Failure, outgoing::Limits, wire::Wire};
use secrecy::SecretString;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Settings of the carrier. Example: `{"url": "https://lgsp.tinh.example/vnpost", "token_url":
/// "https://lgsp.tinh.example/token", "key": "…", "secret": "…", "customer_code": "H99"}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The one address of all calls; what is wanted is said by `?service=`.
    pub url: String,
    /// Address that gives tokens.
    pub token_url: String,
    /// Consumer key.
    pub key: SecretString,
    /// Consumer secret.
    pub secret: SecretString,
    /// Contract of the agency (`CustomerCode`).
    pub customer_code: String,
    /// VNPost's number of a province by the official code. A province that is not here is left out, never guessed.
    #[serde(default)]
    pub provinces: BTreeMap<String, i64>,
    /// VNPost's number of a district by the official code.
    #[serde(default)]
    pub districts: BTreeMap<String, i64>,
    /// The `FlagConfig` of each leg; a leg that is not here is sent without one.
    #[serde(default = "vnpost_hcc::usual_flags")]
    pub flags: BTreeMap<Leg, i64>,
    /// What the carrier's tracking codes mean. Only `4` is established; ask the carrier for the rest.
    #[serde(default = "vnpost_hcc::established_states")]
    pub states: BTreeMap<String, TrackingState>,
    /// How many events one tracking call asks for, at most 1000.
    #[serde(default = "vnpost_hcc::whole_page")]
    pub page_size: u16,
    /// Limits of the wire.
    #[serde(default)]
    pub limits: Limits,
}

/// The adapter of [`vnpost_hcc`] at the platform's address. Fails when the limits cannot be met.
pub fn open(settings: Settings, wire: Wire) -> Result<VnpostHcc, Failure> {
    let Settings {
        url,
        token_url,
        key,
        secret,
        customer_code,
        provinces,
        districts,
        flags,
        states,
        page_size,
        limits,
    } = settings;
    let paths = paths();
    let settings = vnpost_hcc::Settings {
        url,
        token_url,
        key,
        secret,
        customer_code,
        paths,
        provinces,
        districts,
        flags,
        states,
        page_size,
        limits,
    };
    VnpostHcc::new(settings, wire)
}

fn paths() -> Paths {
    Paths {
        order: "?service=orderpost".to_owned(),
        cancel: "?service=ordercancel".to_owned(),
        tracking: "?service=ordertracking".to_owned(),
        price: "?service=getprice".to_owned(),
    }
}
