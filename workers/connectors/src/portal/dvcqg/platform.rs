//! An integration platform between the province and the portal: addresses of single services behind a token (wire.md §1.13).

use super::{
    addresses::Addresses,
    endpoints::{FILE, Service},
};
use crate::{
    failure::Failure,
    outgoing::{Answer, Ask, Body, FileLimits, Limits, Outgoing},
    trip::Trip,
    wire::Wire,
};
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;

/// What the settings say of a platform.
pub(super) struct Said<'a> {
    /// Base address.
    pub(super) url: &'a str,
    /// Token before it, where there is one.
    pub(super) bearer: Option<&'a SecretString>,
    /// Paths that platforms of its kind usually have.
    pub(super) usual: &'a [(&'a str, &'a str)],
    /// Paths of its own.
    pub(super) own: &'a BTreeMap<String, String>,
    /// Limits of the wire.
    pub(super) limits: &'a Limits,
    /// Limits of fetching a file.
    pub(super) files: &'a FileLimits,
}

/// A platform that can be called.
#[derive(Debug)]
pub(super) struct Platform {
    bearer: Option<SecretString>,
    addresses: Addresses,
    out: Outgoing,
    files: Outgoing,
}

impl Platform {
    /// A platform as the settings say. Fails when they cannot be met.
    pub(super) fn new(said: &Said<'_>, wire: Wire) -> Result<Self, Failure> {
        let out = Outgoing::new("the national portal", said.limits, wire)?;
        let addresses = Addresses::new(said.url, said.usual, said.own)?;
        let files = out.for_files(said.files);
        Ok(Self { bearer: said.bearer.cloned(), addresses, out, files })
    }

    /// Asks a service, with these parameters in its address. Fails in words where it has none.
    pub(super) async fn ask(
        &self,
        trip: &Trip,
        service: Service,
        asked: &[(String, String)],
        body: Body<'_>,
    ) -> Result<Answer, Failure> {
        let name = service.name();
        self.send(&self.out, trip, (name, &self.addresses.of(name, asked)?), body).await
    }

    /// Asks for a file; the answer still wraps it.
    pub(super) async fn ask_for_file(
        &self,
        trip: &Trip,
        asked: &[(String, String)],
        body: Body<'_>,
    ) -> Result<Answer, Failure> {
        self.send(&self.files, trip, (FILE, &self.addresses.of(FILE, asked)?), body).await
    }

    /// Whether a service has an address.
    pub(super) fn reaches(&self, service: Service) -> bool {
        self.addresses.of(service.name(), &[]).is_ok()
    }

    async fn send(
        &self,
        out: &Outgoing,
        trip: &Trip,
        (what, url): (&str, &str),
        body: Body<'_>,
    ) -> Result<Answer, Failure> {
        let bearer = self.bearer.iter();
        let headers =
            bearer.map(|token| ("authorization", format!("Bearer {}", token.expose_secret()))).collect();
        out.send(trip, Ask { url, what, headers, body }).await?.taken()
    }
}
