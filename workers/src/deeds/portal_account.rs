//! The owner's account at the national portal: asked for before the record goes there, and kept as it was answered
//! (wire.md §1.4, `TraCuuTechID`).

use super::ended::Ended;
use super::past::Past;
use super::portal_talk::{About, Talk, keep};
use crate::deed::Attempt;
use crate::hands::Hands;
use entities::Error;
use entities::pushes::accounts::{self, Answer};
use entities::pushes::ledger::{self, Verdict};

/// A record waits for so many attempts at its owner's account; after that it goes without, and the next record asks again.
const ATTEMPTS: i32 = 5;

/// Asks for the account of an online dossier whose owner's sign-in named none, once. A portal that does not answer is
/// waited for a while; one that refuses, or has no address for the question, keeps no record back.
pub(super) async fn ask(hands: &Hands, past: &Past, attempt: &Attempt) -> Ended {
    let dossier = past.dossier.id;
    let Some(number) = asked_with(past) else { return Ok(()) };
    if accounts::of(hands.database.reader(), &hands.sealer, dossier).await? != Answer::NotAsked {
        return Ok(());
    }
    let talk = Talk::begin(hands, attempt);
    let answered = hands.wires.portal()?.account_of(&talk.trip, number).await;
    let about = About { dossier: Some(dossier), entry: Some(past.entry.seq) };
    let said = talk.rows(hands, about, &answered, |_| Verdict::Answered)?;
    match answered {
        Ok(account) => {
            let (tx, at) = (hands.database.begin().await?, hands.clock.now());
            ledger::keep(&tx, said).await?;
            accounts::keep(&tx, &hands.sealer, (dossier, account.as_deref()), at).await?;
            tx.commit().await?;
            Ok(())
        }
        Err(failure) => {
            keep(hands, said).await?;
            let waits = failure.is_retry() && !failure.is_wait() && attempt.number < ATTEMPTS;
            if waits { Err(failure.into()) } else { Ok(()) }
        }
    }
}

/// The account on record: what the sign-in named, else what the portal answered.
pub(super) async fn on_record(hands: &Hands, past: &Past) -> Result<Option<String>, Error> {
    if past.applicant.tech_id.is_some() {
        return Ok(past.applicant.tech_id.clone());
    }
    Ok(match accounts::of(hands.database.reader(), &hands.sealer, past.dossier.id).await? {
        Answer::Account(account) => Some(account),
        Answer::NotAsked | Answer::None => None,
    })
}

/// The number to ask with; none where the wire has no place for the account or it is on record.
fn asked_with(past: &Past) -> Option<&str> {
    let number = past.applicant.id_number.as_deref().filter(|number| !number.trim().is_empty());
    number.filter(|_| past.dossier.channel == "online" && past.applicant.tech_id.is_none())
}
