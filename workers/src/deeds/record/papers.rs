//! The papers of a dossier with the files they are in, where they came from, and how they are reached.

use crate::deeds::past::Past;
use crate::hands::Hands;
use chrono::{DateTime, TimeDelta, Utc};
use connectors::portal::{PaperLine, Reuse};
use entities::Error;
use entities::digitisations::Item;
use entities::digitisations::reading::of_dossier;
use entities::documents;
use entities::dossiers::reading;
use entities::files::{self, File, State};
use entities::links;
use entities::tables::{paper_sources, papers};
use rules::papers::ItemState;
use std::collections::BTreeSet;
use uuid::Uuid;

pub(super) struct Papers {
    rows: Vec<papers::Model>,
    files: Vec<File>,
    others: Vec<papers::Model>,
    items: Vec<Item>,
    documents: Vec<documents::Model>,
    taken: Vec<paper_sources::Model>,
    owed: bool,
    address: String,
    secret: secrecy::SecretString,
    links_end: DateTime<Utc>,
}

impl Papers {
    pub(super) async fn of(hands: &Hands, past: &Past, at: DateTime<Utc>) -> Result<Self, Error> {
        let db = hands.database.reader();
        let rows = reading::papers(db, past.dossier.id).await?;
        let ids: Vec<Uuid> = rows.iter().filter_map(|paper| paper.file_id).collect();
        let reused = rows.iter().filter(|paper| paper.source == REUSED).filter_map(|paper| paper.file_id);
        Ok(Self {
            files: files::find_all(db, &ids).await?,
            items: of_dossier(db, past.dossier.id).await?,
            others: reading::papers_in(db, &reused.collect::<Vec<_>>(), past.dossier.id).await?,
            documents: documents::of_papers(db, &rows).await?,
            taken: reading::taken(db, &rows.iter().map(|paper| paper.id).collect::<Vec<_>>()).await?,
            rows,
            owed: past.dossier.fee_state == "owed",
            address: hands.office.public_url.clone(),
            secret: hands.office.link_secret.clone(),
            links_end: at + TimeDelta::days(i64::from(hands.office.link_days)),
        })
    }

    /// What was handed in, and what a child was given by its main dossier.
    pub(super) fn submitted(&self) -> Vec<PaperLine> {
        let mut lines = self.lines("component", 0);
        lines.extend(self.lines("shared", 0));
        lines
    }

    /// What was handed in later.
    pub(super) fn of_round(&self, round: i32) -> Vec<PaperLine> {
        self.lines("supplement", round)
    }

    /// Codes of the databases that papers were taken from, as far as the settings know them.
    pub(super) fn databases(&self, hands: &Hands) -> Vec<String> {
        let sources = self.rows.iter().map(|paper| &paper.source);
        let asked: BTreeSet<&String> =
            sources.chain(self.taken.iter().map(|row| &row.database_code)).collect();
        let codes = &hands.office.portal_codes.databases;
        let told: BTreeSet<String> = asked.into_iter().filter_map(|key| codes.get(key).cloned()).collect();
        told.into_iter().collect()
    }

    /// What is owed is paid before the result is handed over, here as at the desk.
    pub(super) fn result_link(&self, file: Uuid) -> Option<String> {
        self.link(file).filter(|_| !self.owed)
    }

    fn lines(&self, part: &str, round: i32) -> Vec<PaperLine> {
        let wanted = self.rows.iter().filter(|paper| paper.part == part && paper.round == round);
        wanted.map(|paper| self.line(paper)).collect()
    }

    fn line(&self, paper: &papers::Model) -> PaperLine {
        let file = self.file(paper.file_id);
        PaperLine {
            file_id: paper.file_id.unwrap_or(paper.id).to_string(),
            file_name: file.map_or_else(|| paper.name.clone(), |file| file.name.clone()),
            withdrawn: false,
            component_code: paper.component.clone(),
            link: paper.file_id.and_then(|id| self.link(id)),
            digitised: self.is_digitised(paper),
            reuse: self.reuse(paper),
            from_national_store: false,
        }
    }

    /// Digitised is a fact of this paper alone: it was read into the store, or stands there already; one that nobody had
    /// to digitise has a file that was found readable (D-13, X-03).
    fn is_digitised(&self, paper: &papers::Model) -> bool {
        let readable = || self.file(paper.file_id).is_some_and(|file| file.state == State::Clean);
        match self.items.iter().find(|item| item.paper_id == Some(paper.id)) {
            Some(item) => item.state == ItemState::Filed.key(),
            None => paper.document_id.is_some() || readable(),
        }
    }

    /// Reused is what can be shown to lie in another dossier; never by rule (law.md X-03).
    fn reuse(&self, paper: &papers::Model) -> Reuse {
        if paper.part == "shared" {
            return Reuse::FromComponent;
        }
        let first = self.others.iter().find(|other| paper.source == REUSED && other.file_id == paper.file_id);
        match first {
            Some(other) if other.part == "result" => Reuse::FromResult(other.component.clone()),
            Some(_) => Reuse::FromComponent,
            None => self.of_the_store(paper),
        }
    }

    /// An old paper of the store lies in no dossier.
    fn of_the_store(&self, paper: &papers::Model) -> Reuse {
        let document = self.documents.iter().find(|document| Some(document.id) == paper.document_id);
        match document.map(|document| document.origin.as_str()) {
            None => Reuse::No,
            Some("result") => Reuse::FromResult(None),
            Some(_) => Reuse::FromComponent,
        }
    }

    fn file(&self, id: Option<Uuid>) -> Option<&File> {
        self.files.iter().find(|file| Some(file.id) == id)
    }

    /// None for a file that was kept back.
    fn link(&self, id: Uuid) -> Option<String> {
        self.file(Some(id)).filter(|file| file.state != State::Refused)?;
        let signed = links::sign(&self.secret, id, self.links_end);
        Some(format!("{}/v1/files/{id}/shared?{signed}", self.address))
    }
}

/// How a paper was satisfied that the office had already (L-09).
const REUSED: &str = "reused";
