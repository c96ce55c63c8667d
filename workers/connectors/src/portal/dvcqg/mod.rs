//! The portal's integration endpoint: `DongBoHoSoMC`, `CapNhatTienDoHoSoMC`, `TraCuuHoSo` (wire.md §1.2 to §1.7).

mod answers;
mod dossier;
mod lists;
mod progress;
mod scalars;
mod session;

use super::{
    AgencyLine, Caller, DossierRecord, Exchange, FieldLine, HeldThere, Inbound, Interrupted, Misread,
    NationalPortal, PortalInbox, ProcedureLine, ProgressLine, PublishedProcedure, Pushed, Question,
    QuestionAnswer, Reply, Satisfaction, StatusTold,
};
use crate::{
    failure::Failure,
    loose_json::with,
    outgoing::{Answer, Ask, Body, Limits, Outgoing},
    recording::{masked, masked_text},
    trip::Trip,
    wire::Wire,
};
use answers::Verdict;
use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use session::Session;

/// Settings of the portal. Example: `{"url": "http://10.0.0.5:8080/VXPAdapter/RestService/forward",
/// "username": "tinh-h99", "password": "…", "dstcode": "VN:GOV:000.00.00.G22:vpcpdvcprovider",
/// "agency_code": "000.00.00.H99"}`.
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
    /// Limits of the wire.
    #[serde(default)]
    pub limits: Limits,
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

/// The adapter.
#[derive(Debug)]
pub struct Dvcqg {
    settings: Settings,
    out: Outgoing,
    session: Session,
}

impl Dvcqg {
    /// An adapter with these settings. Fails when the limits cannot be met.
    pub fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let out = Outgoing::new("the national portal", &settings.limits, wire)?;
        Ok(Self { settings, out, session: Session::default() })
    }

    async fn send_record(&self, trip: &Trip, record: &Value, known: bool) -> Result<Heard, Failure> {
        let updating = if known { "True" } else { "False" };
        self.call(trip, "DongBoHoSoMC", json!({"isUpdating": updating, "data": [record]})).await
    }

    /// One call inside the session; a lost session is renewed once.
    async fn call(&self, trip: &Trip, name: &str, fields: Value) -> Result<Heard, Failure> {
        let session = self.session.current(self, trip).await?;
        let heard = self.call_in(trip, name, fields.clone(), &session).await?;
        if !matches!(heard.verdict, Verdict::SessionLost) {
            return Ok(heard);
        }
        let session = self.session.renewed(self, trip, &session).await?;
        let again = self.call_in(trip, name, fields, &session).await?;
        match again.verdict {
            Verdict::SessionLost => {
                Err(Failure::fail("the national portal does not accept the session it has just given"))
            }
            _ => Ok(again),
        }
    }

    async fn call_in(
        &self,
        trip: &Trip,
        name: &str,
        fields: Value,
        session: &SecretString,
    ) -> Result<Heard, Failure> {
        let body =
            with(with(fields, "session", session.expose_secret()), "madonvi", &*self.settings.agency_code);
        let body = with(body, "service", name);
        let answer = self.post(trip, name, &self.settings.integration_path, &body).await?;
        let exchange =
            Exchange { raw_request: masked(&body).to_string(), raw_answer: masked_text(&answer.bytes) };
        Ok(Heard { verdict: answers::judge(&answer)?, exchange, answer })
    }

    async fn post(&self, trip: &Trip, what: &str, path: &str, body: &Value) -> Result<Answer, Failure> {
        let (base, dstcode) = (&self.settings.url, &self.settings.dstcode);
        let mut headers = vec![("charset", "utf-8".to_owned())];
        let url = match self.settings.dstcode_in {
            DstcodeIn::Query => format!("{base}{path}?dstcode={dstcode}"),
            DstcodeIn::Header => {
                headers.push(("dstcode", dstcode.clone()));
                format!("{base}{path}")
            }
        };
        let answer = self.out.send(trip, Ask { url: &url, what, headers, body: Body::Json(body) }).await?;
        if answer.status == 401 { Ok(answer) } else { answer.taken() }
    }
}

/// An answer with what it means.
struct Heard {
    verdict: Verdict,
    exchange: Exchange,
    answer: Answer,
}

#[async_trait]
impl NationalPortal for Dvcqg {
    async fn push(&self, trip: &Trip, record: &DossierRecord, known: bool) -> Result<Pushed, Failure> {
        let record = dossier::build(record)?;
        let heard = self.send_record(trip, &record, known).await?;
        let was_known = !known && matches!(heard.verdict, Verdict::Known);
        let heard = if was_known { self.send_record(trip, &record, true).await? } else { heard };
        heard.verdict.taken()?;
        Ok(Pushed { exchange: heard.exchange, was_known })
    }

    async fn progress(&self, trip: &Trip, lines: &[ProgressLine]) -> Result<Vec<Exchange>, Interrupted> {
        let mut exchanges = Vec::new();
        let mut sent = 0_usize;
        for batch in lines.chunks(progress::BATCH) {
            let taken = self.send_progress(trip, batch).await;
            exchanges.push(taken.map_err(|failure| Interrupted { sent, failure })?);
            sent = sent.saturating_add(batch.len());
        }
        Ok(exchanges)
    }

    async fn look_up(&self, trip: &Trip, code: &str) -> Result<Option<HeldThere>, Failure> {
        let heard = self.call(trip, "TraCuuHoSo", json!({"mahoso": code})).await?;
        match heard.verdict {
            Verdict::Absent => Ok(None),
            verdict => {
                verdict.taken()?;
                Ok(answers::holds_any(&heard.answer)?.then(HeldThere::default))
            }
        }
    }

    async fn tell_status(&self, _: &Trip, _: &StatusTold) -> Result<Exchange, Failure> {
        Err(unspoken())
    }

    async fn procedures(&self, _: &Trip) -> Result<Vec<ProcedureLine>, Failure> {
        Err(unspoken())
    }

    async fn procedure(&self, _: &Trip, _: &str) -> Result<Option<PublishedProcedure>, Failure> {
        Err(unspoken())
    }

    async fn agencies(&self, _: &Trip) -> Result<Vec<AgencyLine>, Failure> {
        Err(unspoken())
    }

    async fn fields(&self, _: &Trip) -> Result<Vec<FieldLine>, Failure> {
        Err(unspoken())
    }

    async fn account_of(&self, _: &Trip, _: &str) -> Result<Option<String>, Failure> {
        Err(unspoken())
    }

    async fn tell_satisfaction(&self, _: &Trip, _: &[Satisfaction]) -> Result<Exchange, Failure> {
        Err(unspoken())
    }

    async fn questions(&self, _: &Trip) -> Result<Vec<Question>, Failure> {
        Err(unspoken())
    }

    async fn answer_questions(&self, _: &Trip, _: &[QuestionAnswer]) -> Result<Exchange, Failure> {
        Err(unspoken())
    }

    async fn fetch(&self, _: &Trip, _: &str) -> Result<Vec<u8>, Failure> {
        Err(unspoken())
    }

    fn inbox(&self) -> &dyn PortalInbox {
        self
    }
}

impl Dvcqg {
    async fn send_progress(&self, trip: &Trip, batch: &[ProgressLine]) -> Result<Exchange, Failure> {
        let data = progress::build(batch)?;
        let heard = self.call(trip, "CapNhatTienDoHoSoMC", json!({"data": data})).await?;
        match heard.verdict {
            // Lines that are there already were taken by an attempt whose answer was lost.
            Verdict::Known => Ok(heard.exchange),
            verdict => verdict.taken().map(|()| heard.exchange),
        }
    }
}

fn unspoken() -> Failure {
    Failure::fail("not spoken yet")
}

impl PortalInbox for Dvcqg {
    fn admits(&self, _: &Caller<'_>, _: &[u8]) -> bool {
        false
    }

    fn read(&self, _: &str, _: &[u8]) -> Result<Inbound, Misread> {
        Err(Misread { code: "unknown_family", words: "no family is spoken yet".to_owned() })
    }

    fn answer(&self, _: &str, _: &Reply) -> Value {
        json!({"error_code": "-1"})
    }
}

#[cfg(test)]
mod tests;
