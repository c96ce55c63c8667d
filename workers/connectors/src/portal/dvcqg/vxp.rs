//! The way through the province's adapter: a session in every body, the destination beside it (wire.md §1.1 to §1.3).

use super::{
    answers::{Verdict, is_session_lost, read_session},
    dialect::Dialect,
    endpoints::{FILE, Service},
    inbox,
    session::{Login, Session},
    transport::{Heard, Transport, no_address},
};
use crate::{
    failure::Failure,
    loose_json::with,
    outgoing::{Answer, Ask, Body, FileLimits, Limits, Outgoing},
    trip::Trip,
    wire::Wire,
};
use async_trait::async_trait;
use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};

/// Settings of the portal. Example: `{"url": "http://10.0.0.5:8080/VXPAdapter/RestService/forward",
/// "share_path": "/mapi/share", "username": "tinh-h99", "password": "…",
/// "dstcode": "VN:GOV:000.00.00.G22:vpcpdvcprovider", "agency_code": "000.00.00.H99"}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Base address of the province's adapter.
    pub url: String,
    /// Path of the login below it.
    #[serde(default = "login_path")]
    pub login_path: String,
    /// Path of the integration calls below it.
    #[serde(default = "integration_path")]
    pub integration_path: String,
    /// Path of the shared catalogues below it; not published, without it they cannot be asked for.
    #[serde(default)]
    pub share_path: Option<String>,
    /// Path below it where files are fetched; not published, without it they cannot be.
    #[serde(default)]
    pub file_path: Option<String>,
    /// Account given to the agency.
    pub username: String,
    /// Its password.
    pub password: SecretString,
    /// Address of the portal on the integration axis.
    pub dstcode: String,
    /// Where the adapter looks for it.
    #[serde(default)]
    pub dstcode_in: DstcodeIn,
    /// Identifier of the province or ministry (`madonvi`).
    pub agency_code: String,
    /// How long a session is used before a new one is asked for, in minutes.
    #[serde(default = "ten_minutes")]
    pub session_minutes: u32,
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

/// The two kinds of adapters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DstcodeIn {
    /// In the header `dstcode`.
    #[default]
    Header,
    /// In the query parameter `dstcode`.
    Query,
}

fn login_path() -> String {
    "/mapi/login".to_owned()
}

fn integration_path() -> String {
    "/mapi/g".to_owned()
}

fn ten_minutes() -> u32 {
    10
}

/// The way.
#[derive(Debug)]
pub(super) struct Vxp {
    settings: Settings,
    out: Outgoing,
    files: Outgoing,
    session: Session,
}

impl Vxp {
    pub(super) fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let out = Outgoing::new("the national portal", &settings.limits, wire)?;
        let files = out.for_files(&settings.files);
        Ok(Self { settings, out, files, session: Session::default() })
    }

    fn path(&self, service: Service) -> Result<&str, Failure> {
        if service.is_shared() {
            return self.settings.share_path.as_deref().ok_or_else(|| no_address(service.name()));
        }
        Ok(&self.settings.integration_path)
    }

    async fn call_in(
        &self,
        trip: &Trip,
        service: Service,
        fields: &Value,
        session: &SecretString,
    ) -> Result<Heard, Failure> {
        let body = with(fields.clone(), "session", session.expose_secret());
        let body = with(body, "madonvi", &*self.settings.agency_code);
        let body = with(body, "service", service.name());
        let answer = self.post(&self.out, trip, (service.name(), self.path(service)?), &body).await?;
        Heard::read(&body, &answer)
    }

    /// POST of a body, with the destination where the adapter looks for it; 401 is an answer like others.
    async fn post(
        &self,
        out: &Outgoing,
        trip: &Trip,
        (what, path): (&str, &str),
        body: &Value,
    ) -> Result<Answer, Failure> {
        let (base, dstcode) = (&self.settings.url, &self.settings.dstcode);
        let mut headers = vec![("charset", "utf-8".to_owned())];
        let url = match self.settings.dstcode_in {
            DstcodeIn::Query => format!("{base}{path}?dstcode={dstcode}"),
            DstcodeIn::Header => {
                headers.push(("dstcode", dstcode.clone()));
                format!("{base}{path}")
            }
        };
        let answer = out.send(trip, Ask { url: &url, what, headers, body: Body::Json(body) }).await?;
        if answer.status == 401 { Ok(answer) } else { answer.taken() }
    }

    async fn file_in(
        &self,
        trip: &Trip,
        (path, link): (&str, &str),
        session: &SecretString,
    ) -> Result<Answer, Failure> {
        let body = json!({"DuongDan": link, "session": session.expose_secret(), "madonvi": self.settings.agency_code});
        self.post(&self.files, trip, (FILE, path), &body).await
    }
}

#[async_trait]
impl Login for Vxp {
    fn lasts(&self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.settings.session_minutes))
    }

    async fn log_in(&self, trip: &Trip) -> Result<SecretString, Failure> {
        let settings = &self.settings;
        let body = json!({"username": settings.username, "password": settings.password.expose_secret()});
        let answer = self.post(&self.out, trip, ("login", &settings.login_path), &body).await?.taken()?;
        read_session(&answer)
    }
}

#[async_trait]
impl Transport for Vxp {
    /// One call inside the session; a lost session is renewed once.
    async fn call(&self, trip: &Trip, service: Service, fields: Value) -> Result<Heard, Failure> {
        self.path(service)?;
        let fields = match service {
            // The only provider of accounts that is known on this wire.
            Service::Account => with(fields, "provider", "wso2is"),
            _ => fields,
        };
        let session = self.session.current(self, trip).await?;
        let heard = self.call_in(trip, service, &fields, &session).await?;
        if !matches!(heard.said.verdict, Verdict::SessionLost) {
            return Ok(heard);
        }
        let session = self.session.renewed(self, trip, &session).await?;
        let again = self.call_in(trip, service, &fields, &session).await?;
        match again.said.verdict {
            Verdict::SessionLost => {
                Err(Failure::fail("the national portal does not accept the session it has just given"))
            }
            _ => Ok(again),
        }
    }

    async fn file(&self, trip: &Trip, link: &str) -> Result<Answer, Failure> {
        let path = self.settings.file_path.as_deref().ok_or_else(|| no_address(FILE))?;
        let session = self.session.current(self, trip).await?;
        let answer = self.file_in(trip, (path, link), &session).await?;
        if !is_session_lost(&answer) {
            return Ok(answer);
        }
        let session = self.session.renewed(self, trip, &session).await?;
        self.file_in(trip, (path, link), &session).await?.taken()
    }

    fn reaches(&self, service: Service) -> bool {
        self.path(service).is_ok()
    }
}
