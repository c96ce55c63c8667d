//! Reads one published procedure and draws a draft of a revision out of it (wire.md §1.5).

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::trip::Trip;
use entities::publishing::drafting::{Drawn, draw};
use entities::publishing::pulling;
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, (pull, code): (Uuid, &str), attempt: &Attempt) -> Ended {
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let published = hands.wires.portal()?.procedure(&trip, code).await?;
    let at = hands.clock.now();
    let tx = hands.database.begin().await?;
    let outcome = match published {
        None => ("absent", None),
        Some(published) => match draw(&tx, &hands.catalogue, &published, at).await? {
            Drawn::Unchanged => ("unchanged", None),
            Drawn::Drafted(draft) => ("drafted", Some(draft)),
            Drawn::Kept(draft) => ("kept", Some(draft)),
        },
    };
    pulling::read(&tx, (pull, code), outcome, at).await?;
    tx.commit().await?;
    Ok(())
}
