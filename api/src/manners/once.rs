//! An effect happens once for one key, however often it is asked for.

use crate::manners::answer::{Answer, replayed};
use crate::manners::key::Facts;
use crate::manners::rehearsal::PREFERENCE_APPLIED;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use entities::chronicle::Entry;
use entities::chronicle::about::About;
use entities::chronicle::entry::{Happening, Kind, entry};
use entities::chronicle::looks::written;
use entities::replays::{self, Replay};
use rules::jobs::Queue;
use sea_orm::DatabaseTransaction;
use std::collections::BTreeMap;

impl Office {
    /// Runs `effect` in one transaction with the keeping of its answer, and answers.
    ///
    /// The key is claimed by the insert of the answer itself, so the first asking costs no extra round trip. A
    /// repeated asking, even at the same moment, is rolled back and hears the kept answer; the same key for another
    /// request is 422 `idempotency_key_reused`. Only answers of success are kept: what failed may be tried again.
    /// A dry run is rolled back, rings nobody, and hears what would have been answered.
    pub async fn once<F>(&self, facts: &Facts, effect: F) -> Result<HttpResponse, Problem>
    where
        F: AsyncFnOnce(&DatabaseTransaction, DateTime<Utc>) -> Result<Answer, Problem>,
    {
        if facts.dry_run {
            return self.dry(effect).await;
        }
        match self.attempt(facts, effect).await {
            Ok(answer) => {
                let rings = answer.rings.as_deref().unwrap_or(&Queue::ALL);
                self.wake.ring_all(rings.iter().copied());
                Ok(answer.respond())
            }
            Err(problem) => match self.kept(facts).await? {
                Some(kept) => Ok(replayed(kept)),
                None => Err(problem),
            },
        }
    }

    async fn dry<F>(&self, effect: F) -> Result<HttpResponse, Problem>
    where
        F: AsyncFnOnce(&DatabaseTransaction, DateTime<Utc>) -> Result<Answer, Problem>,
    {
        let at = self.clock.now();
        let tx = self.db.begin().await?;
        let would = effect(&tx, at).await;
        tx.rollback().await?;
        let mut answer = would?.with(&PREFERENCE_APPLIED, "dry-run".into());
        answer.status = 200;
        Ok(answer.respond())
    }

    /// The answer kept for this very request, if there is one; 422 when the key was used for another.
    pub(crate) async fn kept(&self, facts: &Facts) -> Result<Option<Replay>, Problem> {
        match replays::find(self.db.writer(), &facts.actor.subject, &facts.key).await? {
            Some(kept) if kept.fingerprint != facts.fingerprint => Err(Code::IdempotencyKeyReused.into()),
            Some(kept) => Ok(Some(self.opened(facts, kept)?)),
            None => Ok(None),
        }
    }

    async fn attempt<F>(&self, facts: &Facts, effect: F) -> Result<Answer, Problem>
    where
        F: AsyncFnOnce(&DatabaseTransaction, DateTime<Utc>) -> Result<Answer, Problem>,
    {
        let at = self.clock.now();
        let tx = self.db.begin().await?;
        match self.in_transaction(&tx, facts, at, effect).await {
            Ok(answer) => {
                tx.commit().await?;
                Ok(answer)
            }
            Err(problem) => {
                // The first reason is the one to tell; a failing rollback ends with the connection.
                let _ = tx.rollback().await;
                Err(problem)
            }
        }
    }

    async fn in_transaction<F>(
        &self,
        tx: &DatabaseTransaction,
        facts: &Facts,
        at: DateTime<Utc>,
        effect: F,
    ) -> Result<Answer, Problem>
    where
        F: AsyncFnOnce(&DatabaseTransaction, DateTime<Utc>) -> Result<Answer, Problem>,
    {
        let mut answer = effect(tx, at).await?;
        let mut rows = std::mem::take(&mut answer.rows);
        rows.add(replays::insert(&facts.actor.subject, &facts.key, at, &self.sealed(facts, &answer)?));
        if !answer.acted {
            rows.insert(self.entry_of(facts, at)?);
        }
        rows.write(tx).await?;
        written();
        Ok(answer)
    }

    /// The write for the chronicle. What was asked is kept as a keyed hash: a body could be guessed from a plain one.
    fn entry_of(&self, facts: &Facts, at: DateTime<Utc>) -> Result<Entry, Problem> {
        let happening = Happening {
            kind: Kind::of_write(&facts.actor),
            what: &facts.what,
            thing: None,
            about: About::default(),
            purpose: None,
            change: (None, Some(self.sealer.index("asked", &facts.fingerprint))),
            record: None,
            trace: Some(&facts.trace.traceparent()),
            at,
        };
        Ok(entry(&self.sealer, &facts.actor, happening)?)
    }

    /// Answers hold personal data, so their bodies are kept sealed.
    fn sealed(&self, facts: &Facts, answer: &Answer) -> Result<Replay, Problem> {
        Ok(Replay {
            fingerprint: facts.fingerprint.clone(),
            status: answer.status,
            headers: BTreeMap::clone(&answer.headers),
            body: self.sealer.seal(&owner_of(facts), &answer.body)?,
        })
    }

    fn opened(&self, facts: &Facts, kept: Replay) -> Result<Replay, Problem> {
        let body = self.sealer.open(&owner_of(facts), &kept.body)?;
        Ok(Replay { body, ..kept })
    }
}

fn owner_of(facts: &Facts) -> String {
    format!("replays|{}|{}", facts.actor.subject, facts.key)
}
