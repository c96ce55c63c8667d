//! One call to the national portal, with everything that was said on it kept in the ledger of its dossier.

use super::ended::Trouble;
use crate::deed::Attempt;
use crate::hands::Hands;
use chrono::{DateTime, Utc};
use connectors::failure::Failure;
use connectors::journal::{Journal, Said};
use connectors::trip::Trip;
use entities::Error;
use entities::pushes::ledger::{self, Exchange, Verdict};
use entities::tables::portal_exchanges::Model;
use uuid::Uuid;

/// What a call is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct About {
    /// The dossier; none for a look-up of one that is not here.
    pub(super) dossier: Option<Uuid>,
    /// Newest history entry it tells of; none for a look-up.
    pub(super) entry: Option<i32>,
}

/// A call about to be made.
pub(super) struct Talk {
    /// What travels with it.
    pub(super) trip: Trip,
    journal: Journal,
    asked_at: DateTime<Utc>,
}

impl Talk {
    /// A call inside an attempt, at the instant of its own: an attempt may make many, and a party is called at its pace.
    pub(super) fn begin(hands: &Hands, attempt: &Attempt) -> Self {
        let (journal, asked_at) = (Journal::default(), hands.clock.now());
        let trip = Trip::at(asked_at).traced(attempt.traceparent.clone()).kept_in(&journal);
        Self { trip, journal, asked_at }
    }

    /// The rows of what was said, to be written with the mark that the answer allows. The last of them has the verdict
    /// of the call; the others were said again at once.
    pub(super) fn rows<T>(
        &self,
        hands: &Hands,
        about: About,
        answered: &Result<T, Failure>,
        verdict: impl FnOnce(&T) -> Verdict,
    ) -> Result<Vec<Model>, Error> {
        let (last, words) = match answered {
            Ok(answer) => (verdict(answer), None),
            Err(failure) if failure.is_retry() => (Verdict::Unanswered, Some(failure.reason())),
            Err(failure) => (Verdict::Refused, Some(failure.reason())),
        };
        let mut said = self.journal.said();
        said.retain(|said| said.what != LOGIN);
        let count = said.len();
        let row = |(place, said): (usize, &Said)| {
            let is_last = place + 1 == count;
            ledger::row(
                &hands.sealer,
                &Exchange {
                    dossier: about.dossier,
                    entry: about.entry,
                    service: &said.what,
                    verdict: if is_last { last } else { Verdict::SaidAgain },
                    words: words.filter(|_| is_last),
                    times: (self.asked_at, hands.clock.now()),
                    request: &said.request,
                    answer: said.answer.as_deref(),
                },
            )
        };
        said.iter().enumerate().map(row).collect()
    }

    /// The answer with the rows of what was said; a call that failed is kept at once.
    pub(super) async fn kept<T>(
        &self,
        hands: &Hands,
        about: About,
        answered: Result<T, Failure>,
    ) -> Result<(T, Vec<Model>), Trouble> {
        let rows = self.rows(hands, about, &answered, |_| Verdict::Taken)?;
        match answered {
            Ok(answer) => Ok((answer, rows)),
            Err(failure) => {
                keep(hands, rows).await?;
                Err(failure.into())
            }
        }
    }
}

/// A login belongs to no dossier.
const LOGIN: &str = "login";

/// Writes rows of the ledger by themselves.
pub(super) async fn keep(hands: &Hands, rows: Vec<Model>) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let tx = hands.database.begin().await?;
    ledger::keep(&tx, rows).await?;
    tx.commit().await?;
    Ok(())
}

/// The exchange in which something was taken.
pub(super) fn taken_in(rows: &[Model]) -> Option<Uuid> {
    rows.last().map(|row| row.id)
}
