//! Addresses of single services at an integration platform, as the settings name them.

use super::{
    endpoints::{FILE, Service},
    transport::no_address,
};
use crate::failure::Failure;
use reqwest::Url;
use std::collections::BTreeMap;

/// Every name that may be given an address.
const NAMES: [Service; 12] = [
    Service::Records,
    Service::Progress,
    Service::Status,
    Service::LookUp,
    Service::Procedures,
    Service::Procedure,
    Service::Agencies,
    Service::Fields,
    Service::Account,
    Service::Satisfaction,
    Service::Questions,
    Service::Answers,
];

/// Paths below a base address, by the name of the service on the wire.
#[derive(Debug)]
pub(super) struct Addresses {
    base: String,
    paths: BTreeMap<String, String>,
}

impl Addresses {
    /// The addresses that are usual, with those of the settings over them; a name of no service is refused.
    pub(super) fn new(
        base: &str,
        usual: &[(&str, &str)],
        own: &BTreeMap<String, String>,
    ) -> Result<Self, Failure> {
        let known = |name: &str| name == FILE || NAMES.iter().any(|service| service.name() == name);
        if let Some(stranger) = own.keys().find(|name| !known(name)) {
            return Err(Failure::fail(format!("addresses: {stranger} is no service of the national portal")));
        }
        let mut paths: BTreeMap<String, String> =
            usual.iter().map(|(name, path)| ((*name).to_owned(), (*path).to_owned())).collect();
        paths.extend(own.clone());
        Ok(Self { base: base.trim_end_matches('/').to_owned(), paths })
    }

    /// The address of a service with these parameters, or the failure that says there is none.
    pub(super) fn of(&self, name: &str, asked: &[(String, String)]) -> Result<String, Failure> {
        let path = self.paths.get(name).ok_or_else(|| no_address(name))?;
        let mut url = Url::parse(&format!("{}{path}", self.base))
            .map_err(|_| Failure::fail(format!("the address of {name} in the settings cannot be used")))?;
        if !asked.is_empty() {
            url.query_pairs_mut().extend_pairs(asked);
        }
        Ok(url.into())
    }
}
