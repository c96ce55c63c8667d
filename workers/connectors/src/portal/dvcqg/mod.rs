//! The national portal of the whole country: one payload over three ways, and what it sends back (wire.md §1).

mod addresses;
mod answers;
mod array;
mod dialect;
mod dossier;
mod endpoints;
mod held;
pub mod inbox;
mod lgsp;
mod lists;
mod platform;
mod procedure;
mod progress;
mod questions;
mod satisfaction;
mod scalars;
mod session;
mod shared;
mod told;
mod transport;
mod vxp;

use super::{
    AgencyLine, DossierRecord, Exchange, FieldLine, HeldThere, Interrupted, NationalPortal, PROGRESS_LINES,
    PortalInbox, ProcedureLine, ProgressLine, PublishedProcedure, Pushed, Question, QuestionAnswer,
    Satisfaction, StatusTold,
};
use crate::{failure::Failure, trip::Trip, wire::Wire};
use answers::{Verdict, rows};
use array::BareArray;
use async_trait::async_trait;
use endpoints::Service;
use inbox::Inbox;
use lgsp::Lgsp;
use serde_json::{Value, json};
use transport::{Heard, Transport};
use vxp::Vxp;

pub use array::Settings as ArraySettings;
pub use dialect::{Dialect, HeldNames};
pub use lgsp::{PullsBy, Settings as LgspSettings};
pub use vxp::{DstcodeIn, Settings};

/// The adapter, whatever the way.
#[derive(Debug)]
pub struct Dvcqg {
    way: Box<dyn Transport>,
    dialect: Dialect,
    inbox: Inbox,
}

impl Dvcqg {
    /// An adapter through the province's own adapter. Fails when the settings cannot be met.
    pub fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let (dialect, inbox) = (settings.dialect.truthful()?, Inbox::new(settings.inbox.clone())?);
        Ok(Self { way: Box::new(Vxp::new(settings, wire)?), dialect, inbox })
    }

    /// An adapter through the REST façade of an integration platform. Fails when the settings cannot be met.
    pub fn over_lgsp(settings: LgspSettings, wire: Wire) -> Result<Self, Failure> {
        let (dialect, inbox) = (settings.dialect.truthful()?, Inbox::new(settings.inbox.clone())?);
        Ok(Self { way: Box::new(Lgsp::new(settings, wire)?), dialect, inbox })
    }

    /// An adapter through a platform that takes bare lists. Fails when the settings cannot be met.
    pub fn over_array(settings: ArraySettings, wire: Wire) -> Result<Self, Failure> {
        let (dialect, inbox) = (settings.dialect.truthful()?, Inbox::new(settings.inbox.clone())?);
        Ok(Self { way: Box::new(BareArray::new(settings, wire)?), dialect, inbox })
    }

    async fn send_record(&self, trip: &Trip, record: &Value, known: bool) -> Result<Heard, Failure> {
        let updating = scalars::Spoken(known).words();
        self.way.call(trip, Service::Records, json!({"isUpdating": updating, "data": [record]})).await
    }

    async fn send_progress(&self, trip: &Trip, batch: &[ProgressLine]) -> Result<Exchange, Failure> {
        let data = progress::build(batch, &self.dialect)?;
        self.tell(trip, Service::Progress, json!({"data": data})).await
    }

    /// Tells something that may have been told before: what the portal knows already was taken by an attempt whose
    /// answer was lost.
    async fn tell(&self, trip: &Trip, service: Service, fields: Value) -> Result<Exchange, Failure> {
        let heard = self.way.call(trip, service, fields).await?;
        match heard.said.verdict {
            Verdict::Known => Ok(heard.exchange),
            verdict => verdict.taken().map(|()| heard.exchange),
        }
    }

    async fn pull(&self, trip: &Trip, service: Service) -> Result<Vec<Value>, Failure> {
        self.way.call(trip, service, json!({})).await?.said.listed()
    }

    /// A list that names what others hold as codes; without an address it is left out.
    async fn pull_names(&self, trip: &Trip, service: Service) -> Result<Vec<Value>, Failure> {
        if self.way.reaches(service) { self.pull(trip, service).await } else { Ok(Vec::new()) }
    }
}

#[async_trait]
impl NationalPortal for Dvcqg {
    async fn push(&self, trip: &Trip, record: &DossierRecord, known: bool) -> Result<Pushed, Failure> {
        let record = dossier::build(record, &self.dialect)?;
        let heard = self.send_record(trip, &record, known).await?;
        let was_known = !known && matches!(heard.said.verdict, Verdict::Known);
        let heard = if was_known { self.send_record(trip, &record, true).await? } else { heard };
        heard.said.verdict.taken()?;
        Ok(Pushed { exchange: heard.exchange, was_known })
    }

    async fn progress(&self, trip: &Trip, lines: &[ProgressLine]) -> Result<Vec<Exchange>, Interrupted> {
        let mut exchanges = Vec::new();
        let mut sent = 0_usize;
        for batch in lines.chunks(PROGRESS_LINES) {
            let taken = self.send_progress(trip, batch).await;
            exchanges.push(taken.map_err(|failure| Interrupted { sent, failure })?);
            sent = sent.saturating_add(batch.len());
        }
        Ok(exchanges)
    }

    async fn look_up(&self, trip: &Trip, code: &str) -> Result<Option<HeldThere>, Failure> {
        let heard = self.way.call(trip, Service::LookUp, json!({"mahoso": code})).await?;
        held::read(heard.said, &self.dialect)
    }

    async fn tell_status(&self, trip: &Trip, told: &StatusTold) -> Result<Exchange, Failure> {
        let fields = told::build(told, &self.dialect)?;
        self.tell(trip, Service::Status, fields).await
    }

    async fn procedures(&self, trip: &Trip) -> Result<Vec<ProcedureLine>, Failure> {
        Ok(shared::procedures(&self.pull(trip, Service::Procedures).await?))
    }

    async fn procedure(&self, trip: &Trip, code: &str) -> Result<Option<PublishedProcedure>, Failure> {
        let said = self.way.call(trip, Service::Procedure, json!({"maTTHC": code})).await?.said;
        if matches!(said.verdict, Verdict::Absent) {
            return Ok(None);
        }
        Ok(rows(&said.granted()?).first().and_then(procedure::read))
    }

    async fn agencies(&self, trip: &Trip) -> Result<Vec<AgencyLine>, Failure> {
        Ok(shared::agencies(&self.pull_names(trip, Service::Agencies).await?))
    }

    async fn fields(&self, trip: &Trip) -> Result<Vec<FieldLine>, Failure> {
        Ok(shared::fields(&self.pull_names(trip, Service::Fields).await?))
    }

    async fn account_of(&self, trip: &Trip, number: &str) -> Result<Option<String>, Failure> {
        let said = self.way.call(trip, Service::Account, json!({"mstorcmnd": number})).await?.said;
        if matches!(said.verdict, Verdict::Absent) {
            return Ok(None);
        }
        Ok(shared::account(&rows(&said.granted()?)))
    }

    async fn tell_satisfaction(&self, trip: &Trip, figures: &[Satisfaction]) -> Result<Exchange, Failure> {
        let data = satisfaction::build(figures)?;
        self.tell(trip, Service::Satisfaction, json!({"data": data})).await
    }

    async fn questions(&self, trip: &Trip) -> Result<Vec<Question>, Failure> {
        Ok(questions::read(&self.pull(trip, Service::Questions).await?))
    }

    async fn answer_questions(&self, trip: &Trip, answers: &[QuestionAnswer]) -> Result<Exchange, Failure> {
        let data = questions::answered(answers)?;
        self.tell(trip, Service::Answers, json!({"data": data})).await
    }

    async fn fetch(&self, trip: &Trip, link: &str) -> Result<Vec<u8>, Failure> {
        answers::read_file(&self.way.file(trip, link).await?)
    }

    fn inbox(&self) -> &dyn PortalInbox {
        &self.inbox
    }
}

#[cfg(test)]
mod tests;
