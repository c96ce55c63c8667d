//! The way through an integration platform that takes bare lists, with everything else in the address (wire.md §1.13).

use super::{
    dialect::Dialect,
    endpoints::Service,
    inbox,
    lgsp::parameters,
    platform::{Platform, Said},
    transport::{Heard, Transport},
};
use crate::{
    failure::Failure,
    outgoing::{Answer, Body, FileLimits, Limits},
    trip::Trip,
    wire::Wire,
};
use async_trait::async_trait;
use secrecy::SecretString;
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
    platform: Platform,
}

impl BareArray {
    pub(super) fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let said = Said {
            url: &settings.url,
            bearer: settings.bearer.as_ref(),
            usual: &USUAL,
            own: &settings.addresses,
            limits: &settings.limits,
            files: &settings.files,
        };
        Ok(Self { platform: Platform::new(&said, wire)?, settings })
    }
}

#[async_trait]
impl Transport for BareArray {
    async fn call(&self, trip: &Trip, service: Service, fields: Value) -> Result<Heard, Failure> {
        let mut asked = vec![("MaDinhDanhDV".to_owned(), self.settings.agency_code.clone())];
        asked.extend(parameters(&fields));
        let list = match fields.get("data") {
            Some(list @ Value::Array(_)) => Some(list.clone()),
            Some(one) => Some(json!([one])),
            None => None,
        };
        let body = list.as_ref().map_or(Body::Nothing, Body::Json);
        let answer = self.platform.ask(trip, service, &asked, body).await?;
        Heard::read(&list.unwrap_or(fields), &answer)
    }

    async fn file(&self, trip: &Trip, link: &str) -> Result<Answer, Failure> {
        let asked = [("DuongDan".to_owned(), link.to_owned())];
        self.platform.ask_for_file(trip, &asked, Body::Nothing).await
    }

    fn reaches(&self, service: Service) -> bool {
        self.platform.reaches(service)
    }
}
