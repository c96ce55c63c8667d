//! Compares our dossiers with what the national portal holds, a part at a time.
//!
//! A part is kept in one transaction: what was found, a job for each dossier to be put right, a job for the next part. A
//! portal that does not answer is no finding: the part waits and is asked for again.

use super::ended::{Ended, Trouble};
use super::portal_talk::{About, Talk, keep};
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::failure::Failure;
use connectors::portal::HeldThere;
use entities::Error;
use entities::pushes::{self, ledger::Verdict};
use entities::reconciliations::comparing::{Side, compare};
use entities::reconciliations::walking::{self, Found, Seen, TOGETHER, Walked};
use entities::reconciliations::{self, State, Wanted};
use entities::tables::portal_exchanges::Model as Exchange;
use futures::{StreamExt, stream};
use rules::jobs::Queue;
use uuid::Uuid;

/// Look-ups under way at once.
const AT_ONCE: usize = 4;

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
    let db = hands.database.reader();
    let run = reconciliations::find(db, run).await?;
    if run.standing()? != State::Running || run.parts != part {
        return Ok(());
    }
    let mut dossiers = walking::next(db, &run).await?;
    let full = u64::try_from(dossiers.len()).is_ok_and(|read| read == TOGETHER);
    let last = dossiers.last().filter(|_| full).cloned();
    let ids: Vec<Uuid> = dossiers.iter().map(|dossier| dossier.id).collect();
    let under_way = pushes::under_way(db, &ids).await?;
    dossiers.retain(|dossier| !under_way.contains(&dossier.id));
    let looked_at = dossiers.len();
    let found = look(hands, dossiers, attempt).await?;
    let found = walking::unchanged(db, found).await?;
    let seen = Seen { looked_at, passed_over: under_way.len(), found, last };
    let tx = hands.database.begin().await?;
    walking::keep(&tx, &run, &seen, hands.clock.now(), attempt.traceparent.as_deref()).await?;
    tx.commit().await?;
    hands.wake.ring(Queue::Party);
    Ok(())
}

/// Looks each of them up and tells what differs; every look-up is kept, also those before one that failed.
async fn look(hands: &Hands, dossiers: Vec<Walked>, attempt: &Attempt) -> Result<Vec<Found>, Trouble> {
    let asked = dossiers.into_iter().map(|dossier| look_up(hands, dossier, attempt));
    let mut answers = stream::iter(asked).buffered(AT_ONCE);
    let (mut rows, mut found, mut trouble) = (Vec::new(), Vec::new(), None);
    while let Some(looked) = answers.next().await {
        let (said, answered) = looked?;
        rows.extend(said);
        match answered {
            Ok(differs) => found.extend(differs),
            Err(failure) => {
                trouble = Some(failure);
                break;
            }
        }
    }
    keep(hands, rows).await?;
    trouble.map_or(Ok(found), |failure| Err(failure.into()))
}

type Looked = (Vec<Exchange>, Result<Vec<Found>, Failure>);

async fn look_up(hands: &Hands, dossier: Walked, attempt: &Attempt) -> Result<Looked, Error> {
    let talk = Talk::begin(hands, attempt);
    let answered = match hands.wires.portal() {
        Ok(portal) => portal.look_up(&talk.trip, dossier.known_as()).await,
        Err(failure) => Err(failure),
    };
    let about = About { dossier: dossier.id, entry: None };
    let said = talk.rows(hands, about, &answered, |held| match held {
        Some(_) => Verdict::Held,
        None => Verdict::Absent,
    })?;
    Ok((said, answered.map(|held| differences(&dossier, held))))
}

fn differences(dossier: &Walked, held: Option<HeldThere>) -> Vec<Found> {
    let there =
        held.map(|held| Side { status: held.status, received_at: held.received_at, due_at: held.due_at });
    let kinds = compare(dossier, there.as_ref()).into_iter();
    kinds.map(|kind| Found { dossier: dossier.clone(), kind, there }).collect()
}
