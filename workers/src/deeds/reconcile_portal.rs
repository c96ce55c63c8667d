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
use entities::reconciliations::comparing::{Kind, compare};
use entities::reconciliations::sent::{self, Unborn};
use entities::reconciliations::walked::{Side, TOGETHER, Walked};
use entities::reconciliations::walking::{self, Found, Phase, Seen};
use entities::reconciliations::{self, State, Wanted};
use entities::tables::portal_exchanges::Model as Exchange;
use entities::tables::portal_reconciliations::Model as Run;
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
    let run = reconciliations::find(hands.database.reader(), run).await?;
    if run.standing()? != State::Running || run.parts != part {
        return Ok(());
    }
    let seen = match run.third()? {
        Phase::Live | Phase::Ended => our_own(hands, &run, attempt).await?,
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
    let mut dossiers = walking::next(db, run).await?;
    let last = last_of(&dossiers).map(Walked::place);
    let ids: Vec<Uuid> = dossiers.iter().map(|dossier| dossier.id).collect();
    let under_way = pushes::under_way(db, &ids).await?;
    dossiers.retain(|dossier| !under_way.contains(&dossier.id));
    let looked_at = dossiers.len();
    let asked = dossiers.iter().map(|dossier| {
        let key = dossier.known_as();
        look_up(hands, (Some(dossier.id), key), attempt, |there| differences(dossier, there))
    });
    let found = gathered(hands, asked).await?;
    let found = walking::unchanged(db, found).await?;
    Ok(Seen { looked_at, passed_over: under_way.len(), found, last })
}

/// Dossiers the portal sent that are not here: missing when it still holds them.
async fn sent_to_us(hands: &Hands, run: &Run, attempt: &Attempt) -> Result<Seen, Trouble> {
    let messages = sent::next(hands.database.reader(), run).await?;
    let last = last_of(&messages).map(|message| (message.id, message.at));
    let asked = messages.iter().map(|message| {
        look_up(hands, (None, &message.national_id), attempt, |there| missing_here(message, there))
    });
    let found = gathered(hands, asked).await?;
    Ok(Seen { looked_at: messages.len(), passed_over: 0, found, last })
}

/// The last of a full part; a part that is not full is the last of its third.
fn last_of<T>(read: &[T]) -> Option<&T> {
    read.last().filter(|_| u64::try_from(read.len()).is_ok_and(|read| read == TOGETHER))
}

type Looked = (Vec<Exchange>, Result<Vec<Found>, Failure>);

/// Everything that was found; every look-up is kept, also those before one that failed.
async fn gathered<F>(hands: &Hands, asked: impl Iterator<Item = F>) -> Result<Vec<Found>, Trouble>
where
    F: Future<Output = Result<Looked, Error>>,
{
    let asked: Vec<F> = asked.collect();
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

/// What the portal holds under a key, and what follows from it.
async fn look_up(
    hands: &Hands,
    (dossier, key): (Option<Uuid>, &str),
    attempt: &Attempt,
    judge: impl FnOnce(Option<Side>) -> Vec<Found>,
) -> Result<Looked, Error> {
    let talk = Talk::begin(hands, attempt);
    let answered = match hands.wires.portal() {
        Ok(portal) => portal.look_up(&talk.trip, key).await,
        Err(failure) => Err(failure),
    };
    let said = talk.rows(hands, About { dossier, entry: None }, &answered, |held| match held {
        Some(_) => Verdict::Held,
        None => Verdict::Absent,
    })?;
    let side =
        |held: HeldThere| Side { status: held.status, received_at: held.received_at, due_at: held.due_at };
    Ok((said, answered.map(|held| judge(held.map(side)))))
}

fn differences(dossier: &Walked, there: Option<Side>) -> Vec<Found> {
    let kinds = compare(dossier, there.as_ref()).into_iter();
    let found = kinds.map(|kind| Found {
        dossier: Some((dossier.id, dossier.version)),
        code: dossier.code.clone(),
        kind,
        here: Some(dossier.side()),
        there,
        trouble: None,
    });
    found.collect()
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
