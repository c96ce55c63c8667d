//! The way through an integration platform's REST façade: one address a service, a token before it (wire.md §1.13).

use super::{
    dialect::Dialect,
    endpoints::{FILE, Service},
    inbox,
    platform::{Platform, Said},
    transport::{Heard, Transport},
};
use crate::{
    failure::Failure,
    loose_json::{text, with},
    outgoing::{Answer, Body, FileLimits, Limits},
    trip::Trip,
    wire::Wire,
};
use async_trait::async_trait;
use secrecy::SecretString;
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
    platform: Platform,
}

impl Lgsp {
    pub(super) fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let said = Said {
            url: &settings.url,
            bearer: Some(&settings.bearer),
            usual: &USUAL,
            own: &settings.addresses,
            limits: &settings.limits,
            files: &settings.files,
        };
        Ok(Self { platform: Platform::new(&said, wire)?, settings })
    }
}

#[async_trait]
impl Transport for Lgsp {
    async fn call(&self, trip: &Trip, service: Service, fields: Value) -> Result<Heard, Failure> {
        let pulls = service.is_shared() || matches!(service, Service::LookUp | Service::Questions);
        if pulls && self.settings.pulls_by == PullsBy::Get {
            let answer = self.platform.ask(trip, service, &parameters(&fields), Body::Nothing).await?;
            return Heard::read(&fields, &answer);
        }
        let body = with(fields, "madonvi", &*self.settings.agency_code);
        let answer = self.platform.ask(trip, service, &[], Body::Json(&body)).await?;
        Heard::read(&body, &answer)
    }

    async fn file(&self, trip: &Trip, link: &str) -> Result<Answer, Failure> {
        self.platform.ask_for_file(trip, &[], Body::Json(&json!({"DuongDan": link}))).await
    }

    fn reaches(&self, service: Service) -> bool {
        self.platform.reaches(service)
    }
}

/// The single members of a request as parameters of its address.
pub(super) fn parameters(fields: &Value) -> Vec<(String, String)> {
    let members = fields.as_object().into_iter().flatten();
    let single = members.filter(|(_, value)| !value.is_array() && !value.is_object());
    single.map(|(name, _)| (name.clone(), text(fields, name))).collect()
}
