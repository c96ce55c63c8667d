//! The way through an integration platform's REST façade: one address a service, a token before it (wire.md §1.13).

use super::{
    addresses::Addresses,
    dialect::Dialect,
    endpoints::{FILE, Service},
    inbox,
    transport::{Heard, Transport},
};
use crate::{
    failure::Failure,
    loose_json::{text, with},
    outgoing::{Answer, Ask, Body, FileLimits, Limits, Outgoing},
    trip::Trip,
    wire::Wire,
};
use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Settings of the portal behind a façade. Example: `{"url": "https://lgsp.tinh.example/KetNoiMotCuaQuocGia",
/// "bearer": "…", "agency_code": "000.00.00.H99", "addresses": {"DongBoHoSoMC": "/DongBoHoSoMC"}}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Base address of the façade.
    pub url: String,
    /// Token before it.
    pub bearer: SecretString,
    /// Identifier of the province or ministry (`madonvi`).
    pub agency_code: String,
    /// Paths below the base address by the service's name on the wire, beside those that public façades have. A service
    /// without one cannot be asked for.
    #[serde(default)]
    pub addresses: BTreeMap<String, String>,
    /// How catalogues and look-ups are asked for.
    #[serde(default)]
    pub pulls_by: PullsBy,
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

/// The two ways to ask a façade for something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PullsBy {
    /// GET with parameters.
    #[default]
    Get,
    /// POST of JSON.
    Post,
}

/// Paths of public façades.
const USUAL: [(&str, &str); 5] = [
    ("LayDanhSachTTHC", "/LayDanhSachTTHC"),
    ("LayThuTuc", "/LayThuTuc"),
    ("LayDanhMucLinhVuc", "/LayDanhMucLinhVuc"),
    ("TraCuuTechID", "/TraCuuTechID"),
    (FILE, "/getfile"),
];

/// The way.
#[derive(Debug)]
pub(super) struct Lgsp {
    settings: Settings,
    addresses: Addresses,
    out: Outgoing,
    files: Outgoing,
}

impl Lgsp {
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
        let headers = vec![("authorization", format!("Bearer {}", self.settings.bearer.expose_secret()))];
        out.send(trip, Ask { url, what, headers, body }).await?.taken()
    }
}

#[async_trait]
impl Transport for Lgsp {
    async fn call(&self, trip: &Trip, service: Service, fields: Value) -> Result<Heard, Failure> {
        let name = service.name();
        let pulls = service.is_shared() || matches!(service, Service::LookUp | Service::Questions);
        if pulls && self.settings.pulls_by == PullsBy::Get {
            let url = self.addresses.of(name, &parameters(&fields))?;
            let answer = self.send(&self.out, trip, (name, &url), Body::Nothing).await?;
            return Heard::read(&fields, &answer);
        }
        let url = self.addresses.of(name, &[])?;
        let body = with(fields, "madonvi", &*self.settings.agency_code);
        let answer = self.send(&self.out, trip, (name, &url), Body::Json(&body)).await?;
        Heard::read(&body, &answer)
    }

    async fn file(&self, trip: &Trip, link: &str) -> Result<Answer, Failure> {
        let url = self.addresses.of(FILE, &[])?;
        self.send(&self.files, trip, (FILE, &url), Body::Json(&json!({"DuongDan": link}))).await
    }

    fn reaches(&self, service: Service) -> bool {
        self.addresses.of(service.name(), &[]).is_ok()
    }
}

/// The single members of a request as parameters of its address.
pub(super) fn parameters(fields: &Value) -> Vec<(String, String)> {
    let members = fields.as_object().into_iter().flatten();
    let single = members.filter(|(_, value)| !value.is_array() && !value.is_object());
    single.map(|(name, _)| (name.clone(), text(fields, name))).collect()
}
