//! The way through an integration platform that takes bare lists, with everything else in the address (wire.md §1.13).

use super::{
    addresses::Addresses,
    dialect::Dialect,
    endpoints::{FILE, Service},
    inbox,
    lgsp::parameters,
    transport::{Heard, Transport},
};
use crate::{
    failure::Failure,
    outgoing::{Answer, Ask, Body, FileLimits, Limits, Outgoing},
    trip::Trip,
    wire::Wire,
};
use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Settings of the portal behind a platform that takes bare lists. Example: `{"url": "https://lgsp.tinh.example",
/// "bearer": "…", "agency_code": "000.00.00.H99", "addresses": {"TraCuuHoSo": "/api/TraCuuHoSo"}}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Base address of the platform.
    pub url: String,
    /// Token before it, where there is one.
    #[serde(default)]
    pub bearer: Option<SecretString>,
    /// Identifier of the province or ministry (`MaDinhDanhDV`).
    pub agency_code: String,
    /// Paths below the base address by the service's name on the wire; only that of records is known publicly. A service
    /// without one cannot be asked for.
    #[serde(default)]
    pub addresses: BTreeMap<String, String>,
    /// What is not published and may differ.
    #[serde(default)]
    pub dialect: Dialect,
    /// The other direction.
    #[serde(default)]
    pub inbox: inbox::Settings,
    /// Limits of the wire.
    #[serde(default)]
    pub limits: Limits,
    /// Limits of fetching a file.
    #[serde(default)]
    pub files: FileLimits,
}

const USUAL: [(&str, &str); 1] = [("DongBoHoSoMC", "/api/SynsTTHCC/DongBoHoSoMC")];

/// The way.
#[derive(Debug)]
pub(super) struct BareArray {
    settings: Settings,
    addresses: Addresses,
    out: Outgoing,
    files: Outgoing,
}

impl BareArray {
    pub(super) fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let out = Outgoing::new("the national portal", &settings.limits, wire)?;
        let addresses = Addresses::new(&settings.url, &USUAL, &settings.addresses)?;
        let files = out.for_files(&settings.files);
        Ok(Self { settings, addresses, out, files })
    }

    async fn send(
        &self,
        out: &Outgoing,
        trip: &Trip,
        (what, url): (&str, &str),
        body: Body<'_>,
    ) -> Result<Answer, Failure> {
        let bearer = self.settings.bearer.iter();
        let headers =
            bearer.map(|token| ("authorization", format!("Bearer {}", token.expose_secret()))).collect();
        out.send(trip, Ask { url, what, headers, body }).await?.taken()
    }
}

#[async_trait]
impl Transport for BareArray {
    async fn call(&self, trip: &Trip, service: Service, fields: Value) -> Result<Heard, Failure> {
        let mut asked = vec![("MaDinhDanhDV".to_owned(), self.settings.agency_code.clone())];
        asked.extend(parameters(&fields));
        let url = self.addresses.of(service.name(), &asked)?;
        let list = match fields.get("data") {
            Some(list @ Value::Array(_)) => Some(list.clone()),
            Some(one) => Some(json!([one])),
            None => None,
        };
        let body = list.as_ref().map_or(Body::Nothing, Body::Json);
        let answer = self.send(&self.out, trip, (service.name(), &url), body).await?;
        Heard::read(&list.unwrap_or(fields), &answer)
    }

    async fn file(&self, trip: &Trip, link: &str) -> Result<Answer, Failure> {
        let url = self.addresses.of(FILE, &[("DuongDan".to_owned(), link.to_owned())])?;
        self.send(&self.files, trip, (FILE, &url), Body::Nothing).await
    }

    fn reaches(&self, service: Service) -> bool {
        self.addresses.of(service.name(), &[]).is_ok()
    }
}
