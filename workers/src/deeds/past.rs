//! A dossier as it stood right after one entry of its history; what came later is left out.

use super::ended::Trouble;
use crate::hands::Hands;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::catalogue::{Revised, units::Unit};
use entities::columns::{from_json, from_key};
use entities::dossiers::applicant::Applicant;
use entities::dossiers::correcting::decision_after;
use entities::dossiers::deadline::{self, Ticked};
use entities::dossiers::reading;
use entities::tables::{decisions, dossiers, history};
use rules::fees::Quote;
use rules::lifecycle::ActKind;
use rules::status::Status;
use std::sync::Arc;
use uuid::Uuid;

/// What an entry is told with.
pub(super) struct Past {
    /// The row as it is now; only what never changes is taken from it.
    pub(super) dossier: dossiers::Model,
    /// The entry.
    pub(super) entry: history::Model,
    /// The history up to the entry, the entry last.
    pub(super) history: Vec<history::Model>,
    /// The procedure as it was received under.
    pub(super) revised: Arc<Revised>,
    /// The competent unit.
    pub(super) authority: Arc<Unit>,
    /// Who it is for.
    pub(super) applicant: Applicant,
    /// What was asked at submission.
    pub(super) quote: Quote,
    /// Due date as the entry left it.
    pub(super) due: Option<DateTime<Utc>>,
}

/// A dossier with its whole history, read once to tell how it stood at any entry.
pub(super) struct Annals {
    dossier: dossiers::Model,
    history: Vec<history::Model>,
    events: Vec<Ticked>,
    revised: Arc<Revised>,
    authority: Arc<Unit>,
    applicant: Applicant,
    quote: Quote,
}

impl Annals {
    /// Reads them.
    pub(super) async fn of(hands: &Hands, dossier: Uuid) -> Result<Self, Trouble> {
        let db = hands.database.reader();
        let dossier = reading::by_id(db, dossier).await?;
        Ok(Self {
            history: reading::entries(db, dossier.id).await?,
            events: deadline::ticked(db, &dossier).await?,
            revised: hands.catalogue.revision(db, dossier.revision_id).await?,
            authority: hands.catalogue.unit(db, dossier.authority_id, hands.clock.now()).await?,
            applicant: reading::applicant(&hands.sealer, &dossier)?,
            quote: from_json("dossiers.quote", &dossier.quote)?,
            dossier,
        })
    }

    /// The dossier at entry `seq`. Fails when there is no such entry.
    pub(super) async fn at(&self, hands: &Hands, seq: i32) -> Result<Past, Trouble> {
        let (db, dossier) = (hands.database.reader(), &self.dossier);
        let history: Vec<_> = self.history.iter().filter(|entry| entry.seq <= seq).cloned().collect();
        let last = history.last().filter(|entry| entry.seq == seq).cloned();
        let entry = last.ok_or(Error::NotFound("history entry"))?;
        let told = deadline::at_entry_of(db, &hands.catalogue, dossier, &self.events, &entry).await?;
        Ok(Past {
            due: told.due,
            applicant: self.applicant.clone(),
            quote: self.quote.clone(),
            dossier: dossier.clone(),
            entry,
            history,
            revised: Arc::clone(&self.revised),
            authority: Arc::clone(&self.authority),
        })
    }
}

impl Past {
    /// The dossier at entry `seq`. Fails when there is no such entry.
    pub(super) async fn at(hands: &Hands, dossier: Uuid, seq: i32) -> Result<Self, Trouble> {
        Annals::of(hands, dossier).await?.at(hands, seq).await
    }

    /// The status the entry led to.
    pub(super) fn status(&self) -> Result<Status, Error> {
        let key = &self.entry.to_status;
        Status::from_key(key).ok_or_else(|| Error::damaged("history.to_status", key))
    }

    /// The act of the entry.
    pub(super) fn act(&self) -> Result<ActKind, Error> {
        from_key("history.act", &self.entry.act)
    }

    /// The last time this was done by then.
    pub(super) fn last(&self, act: ActKind) -> Option<&history::Model> {
        self.history.iter().rev().find(|entry| entry.act == act.key())
    }

    /// The decision that stood by then: the last one, unless it was taken back.
    pub(super) fn valid_decision(&self) -> Option<&history::Model> {
        let ends = [ActKind::Decide.key(), ActKind::Correct.key()];
        let last = self.history.iter().rev().find(|entry| ends.contains(&entry.act.as_str()));
        last.filter(|entry| entry.act == ActKind::Decide.key())
    }

    /// What was decided by then and not taken back by then.
    pub(super) async fn decision(&self, hands: &Hands) -> Result<Option<decisions::Model>, Error> {
        match self.valid_decision() {
            None => Ok(None),
            Some(_) => {
                let corrections = self.times(ActKind::Correct);
                decision_after(hands.database.reader(), self.dossier.id, corrections).await
            }
        }
    }

    /// When this was last done by then.
    pub(super) fn when(&self, act: ActKind) -> Option<DateTime<Utc>> {
        self.last(act).map(|entry| entry.at)
    }

    /// Every time this was done by then, oldest first.
    pub(super) fn all(&self, act: ActKind) -> Vec<&history::Model> {
        self.history.iter().filter(|entry| entry.act == act.key()).collect()
    }

    /// How often this was done by then.
    pub(super) fn times(&self, act: ActKind) -> usize {
        self.all(act).len()
    }

    /// The words given with the last such act.
    pub(super) fn words(&self, hands: &Hands, act: ActKind) -> Result<Option<String>, Error> {
        let noted =
            self.last(act).map(|entry| reading::note(&hands.sealer, &self.dossier, entry)).transpose()?;
        Ok(noted.flatten())
    }
}
