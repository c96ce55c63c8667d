//! Reads the lists of the national database and writes a job for each procedure to be read (wire.md §1.4).

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::trip::Trip;
use entities::publishing::pulling::{self, Lists};
use rules::actor::Actor;
use rules::jobs::Queue;
use uuid::Uuid;

/// Does one attempt. A reading that the schedule asks for bears the key of its job, so that an attempt that broke off
/// goes on with the same one.
pub(super) async fn run(hands: &Hands, pull: Option<Uuid>, attempt: &Attempt) -> Ended {
    let (pull, portal) = (pull.unwrap_or(attempt.id), hands.wires.portal()?);
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let procedures = portal.procedures(&trip).await?;
    let agencies = portal.agencies(&trip).await?;
    let fields = portal.fields(&trip).await?;
    let lists = Lists {
        procedures: procedures.into_iter().map(|line| (line.code, line.name)).collect(),
        agencies: agencies.into_iter().map(|line| (line.code, line.name, line.level)).collect(),
        fields: fields.into_iter().map(|line| (line.code, line.name, line.sector)).collect(),
    };
    let at = hands.clock.now();
    let tx = hands.database.begin().await?;
    pulling::begin(&tx, pull, &[], &Actor::office(), at).await?;
    pulling::listed(&tx, pull, &lists, at).await?;
    tx.commit().await?;
    hands.wake.ring(Queue::Party);
    Ok(())
}
