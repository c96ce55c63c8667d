//! Compares our dossiers with what the national portal holds, a part at a time.
//!
//! A part is kept in one transaction: what was found, a job for each dossier to be put right, a job for the next part. A
//! portal that does not answer is no finding: what was compared before is kept, and the next part waits and asks again.
//! A look-up that the portal refuses is a finding of its own, so that one dossier does not stop the night.

use super::ended::{Ended, Trouble};
use super::portal_talk::{About, Talk, keep};
use crate::deed::Attempt;
use crate::hands::Hands;
use chrono::{DateTime, Utc};
use connectors::failure::Failure;
use connectors::portal::HeldThere;
use entities::Error;
use entities::pushes::{self, ledger::Verdict};
use entities::reconciliations::comparing::{Kind, compare};
use entities::reconciliations::sent::{self, Unborn};
use entities::reconciliations::walked::{Side, TOGETHER, Walked};
use entities::reconciliations::walking::{self, Found, Phase, Seen};
use entities::reconciliations::{self, State, Wanted};
use entities::tables::portal_exchanges::Model as Exchange;
use entities::tables::portal_reconciliations::Model as Run;
use futures::future::join_all;
use rules::jobs::Queue;
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// Look-ups under way at once.
const AT_ONCE: usize = 4;

/// A part that takes longer is kept as far as it came; well below what a deed may take.
const BUDGET: Duration = Duration::from_secs(30);

/// A wait for the pace of the line that is worth sitting out.
const SHORT: Duration = Duration::from_secs(5);

/// From this attempt on a look-up without an answer is the dossier's own trouble when those beside it are answered.
const OWN_TROUBLE: i32 = 3;

/// So many refusals and no answer: it is not the dossiers.
const ALL_REFUSED: usize = 20;

/// Does one attempt: begins the comparison of this job, or goes on with one.
pub(super) async fn run(hands: &Hands, run: Option<Uuid>, part: i32, attempt: &Attempt) -> Ended {
    match run {
        None => begin(hands, attempt).await,
        Some(run) => walk(hands, run, part, attempt).await,
    }
}

async fn begin(hands: &Hands, attempt: &Attempt) -> Ended {
    let (tx, wanted) = (hands.database.begin().await?, Wanted { id: attempt.id, by: None, since: None });
    reconciliations::begin(&tx, wanted, attempt.at, attempt.traceparent.as_deref()).await?;
    tx.commit().await?;
    hands.wake.ring(Queue::Party);
    Ok(())
}

async fn walk(hands: &Hands, run: Uuid, part: i32, attempt: &Attempt) -> Ended {
    let run = reconciliations::find(hands.database.reader(), run).await?;
    if run.standing()? != State::Running || run.parts != part {
        return Ok(());
    }
    let seen = match run.stretch()? {
        Phase::Live | Phase::Ended | Phase::Open => our_own(hands, &run, attempt).await?,
        Phase::Sent => sent_to_us(hands, &run, attempt).await?,
    };
    let tx = hands.database.begin().await?;
    walking::keep(&tx, &run, &seen, hands.clock.now(), attempt.traceparent.as_deref()).await?;
    tx.commit().await?;
    hands.wake.ring(Queue::Party);
    Ok(())
}

/// Dossiers of ours, but those whose news is on its way.
async fn our_own(hands: &Hands, run: &Run, attempt: &Attempt) -> Result<Seen, Trouble> {
    let db = hands.database.reader();
    let dossiers = walking::next(db, run).await?;
    let ids: Vec<Uuid> = dossiers.iter().map(|dossier| dossier.id).collect();
    let under_way = pushes::under_way(db, &ids).await?;
    let is_on_its_way = |dossier: &&Walked| under_way.contains(&dossier.id);
    let asked: Vec<Wanting<'_>> =
        dossiers.iter().filter(|dossier| !is_on_its_way(dossier)).map(Wanting::Ours).collect();
    let mut part = Part::walked(hands, &asked, attempt).await?;
    let last = part.broke_off_at(&asked).or_else(|| last_of(&dossiers).map(Walked::place));
    // Those behind the place where the part broke off are counted by the next one.
    let ends = |dossier: &Walked| part.broke_off && Some(dossier.place()) == last;
    let end = dossiers.iter().position(ends).map_or(dossiers.len(), |place| place.saturating_add(1));
    let passed_over = dossiers.iter().take(end).filter(is_on_its_way).count();
    let found = walking::unchanged(db, std::mem::take(&mut part.found)).await?;
    Ok(Seen { looked_at: part.compared, passed_over, agreed: part.agreed, found, last })
}

/// Dossiers the portal sent that are not here: missing when it still holds them.
async fn sent_to_us(hands: &Hands, run: &Run, attempt: &Attempt) -> Result<Seen, Trouble> {
    let messages = sent::next(hands.database.reader(), run).await?;
    let asked: Vec<Wanting<'_>> = messages.iter().map(Wanting::Unborn).collect();
    let part = Part::walked(hands, &asked, attempt).await?;
    let whole = || last_of(&messages).map(|message| (message.id, message.at));
    let last = part.broke_off_at(&asked).or_else(whole);
    Ok(Seen { looked_at: part.compared, found: part.found, last, ..Seen::default() })
}

/// The last of a full part; a part that is not full is the last of its stretch.
fn last_of<T>(read: &[T]) -> Option<&T> {
    read.last().filter(|_| u64::try_from(read.len()).is_ok_and(|read| read == TOGETHER))
}

/// How far the look-ups of a part came, and what they came to.
#[derive(Default)]
struct Part {
    done: usize,
    compared: usize,
    refused: usize,
    agreed: Vec<Uuid>,
    found: Vec<Found>,
    said: Vec<Exchange>,
    stopped: Option<Failure>,
    broke_off: bool,
}

impl Part {
    /// Asks for one after the other until all are done, the portal does not answer, or the time is over. Every look-up
    /// is kept; the failure that stood in the way comes back only when nothing was done.
    async fn walked(hands: &Hands, asked: &[Wanting<'_>], attempt: &Attempt) -> Result<Self, Trouble> {
        let (begun, mut part) = (Instant::now(), Self::default());
        while let Some(rest) = asked.get(part.done..).filter(|rest| !rest.is_empty()) {
            let together = rest.iter().take(AT_ONCE).map(|wanting| look_up(hands, wanting, attempt));
            let looked = join_all(together).await.into_iter().collect::<Result<Vec<_>, _>>()?;
            part.take(rest, looked, attempt.number >= OWN_TROUBLE);
            match part.stopped.take() {
                _ if part.compared == 0 && part.refused >= ALL_REFUSED => break,
                None if begun.elapsed() < BUDGET => {}
                Some(Failure::Wait { after, .. }) if after <= SHORT && begun.elapsed() < BUDGET => {
                    tokio::time::sleep(after).await;
                }
                stopped => {
                    part.stopped = stopped;
                    break;
                }
            }
        }
        part.broke_off = part.done < asked.len();
        keep(hands, std::mem::take(&mut part.said)).await?;
        part.ended()
    }

    fn take(&mut self, rest: &[Wanting<'_>], looked: Vec<Looked>, patient: bool) {
        let answers = looked.iter().any(|looked| looked.answered.is_ok());
        for (wanting, looked) in rest.iter().zip(looked) {
            let judged = looked.answered.map(|there| wanting.judged(there));
            // What is not here and not there either is no news of any dossier.
            if wanting.dossier().is_some() || !judged.as_ref().is_ok_and(Vec::is_empty) {
                self.said.extend(looked.said);
            }
            match judged {
                // Asked for again, in the order of the walk.
                _ if self.stopped.is_some() => continue,
                Err(failure) if failure.is_wait() => self.stopped = Some(failure),
                Err(failure) if failure.is_retry() && !(answers && patient) => self.stopped = Some(failure),
                Err(failure) => self.refused(wanting.not_compared(failure.reason())),
                Ok(found) => self.judged(wanting.dossier(), found),
            }
            self.done = self.done.saturating_add(usize::from(self.stopped.is_none()));
        }
    }

    fn refused(&mut self, found: Option<Found>) {
        self.refused = self.refused.saturating_add(1);
        self.found.extend(found);
    }

    fn judged(&mut self, dossier: Option<Uuid>, found: Vec<Found>) {
        self.compared = self.compared.saturating_add(1);
        self.agreed.extend(dossier.filter(|_| found.is_empty()));
        self.found.extend(found);
    }

    fn ended(self) -> Result<Self, Trouble> {
        match self.stopped {
            Some(failure) if self.done == 0 => Err(failure.into()),
            _ if self.compared == 0 && self.refused >= ALL_REFUSED => Err(Trouble::fail(
                "Cổng từ chối mọi lần tra cứu / the portal refuses every look-up; its answers are in the ledgers",
            )),
            _ => Ok(self),
        }
    }

    /// The place of the last one that is done, when there are others behind it.
    fn broke_off_at(&self, asked: &[Wanting<'_>]) -> Option<(Uuid, DateTime<Utc>)> {
        let last = asked.get(self.done.checked_sub(1)?)?;
        Some(last.place()).filter(|_| self.broke_off)
    }
}

/// What a look-up is for.
enum Wanting<'a> {
    Ours(&'a Walked),
    Unborn(&'a Unborn),
}

impl Wanting<'_> {
    fn key(&self) -> &str {
        match self {
            Self::Ours(dossier) => dossier.known_as(),
            Self::Unborn(message) => &message.national_id,
        }
    }

    fn dossier(&self) -> Option<Uuid> {
        match self {
            Self::Ours(dossier) => Some(dossier.id),
            Self::Unborn(_) => None,
        }
    }

    fn place(&self) -> (Uuid, DateTime<Utc>) {
        match self {
            Self::Ours(dossier) => dossier.place(),
            Self::Unborn(message) => (message.id, message.at),
        }
    }

    fn judged(&self, there: Option<Side>) -> Vec<Found> {
        match self {
            Self::Ours(dossier) => differences(dossier, there),
            Self::Unborn(message) => missing_here(message, there),
        }
    }

    fn not_compared(&self, why: &str) -> Option<Found> {
        match self {
            Self::Ours(dossier) => {
                Some(Found { trouble: Some(why.to_owned()), ..found(dossier, Kind::NotCompared, None) })
            }
            Self::Unborn(_) => None,
        }
    }
}

/// What was said on a look-up, and what the portal holds.
struct Looked {
    said: Vec<Exchange>,
    answered: Result<Option<Side>, Failure>,
}

async fn look_up(hands: &Hands, wanting: &Wanting<'_>, attempt: &Attempt) -> Result<Looked, Error> {
    let talk = Talk::begin(hands, attempt);
    let answered = match hands.wires.portal() {
        Ok(portal) => portal.look_up(&talk.trip, wanting.key()).await,
        Err(failure) => Err(failure),
    };
    let about = About { dossier: wanting.dossier(), entry: None };
    let said = talk.rows(hands, about, &answered, |held| match held {
        Some(_) => Verdict::Held,
        None => Verdict::Absent,
    })?;
    let side =
        |held: HeldThere| Side { status: held.status, received_at: held.received_at, due_at: held.due_at };
    Ok(Looked { said, answered: answered.map(|held| held.map(side)) })
}

fn differences(dossier: &Walked, there: Option<Side>) -> Vec<Found> {
    let kinds = compare(dossier, there.as_ref()).into_iter();
    kinds.map(|kind| found(dossier, kind, there)).collect()
}

fn found(dossier: &Walked, kind: Kind, there: Option<Side>) -> Found {
    Found {
        dossier: Some((dossier.id, dossier.version)),
        code: dossier.code.clone(),
        kind,
        here: Some(dossier.side()),
        there,
        trouble: None,
    }
}

fn missing_here(message: &Unborn, there: Option<Side>) -> Vec<Found> {
    let found = there.map(|there| Found {
        dossier: None,
        code: message.national_id.clone(),
        kind: Kind::MissingHere,
        here: None,
        there: Some(there),
        trouble: message.words.clone(),
    });
    found.into_iter().collect()
}
