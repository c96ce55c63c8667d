//! Writes one question for every payment that has been silent for too long.

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use entities::jobs::{self, NewJob};
use entities::payments;
use rules::jobs::{Job, Queue};
use sea_orm::ConnectionTrait;

/// Seconds in which a payment is asked about once, however often the sweep runs.
const BUCKET: i64 = 300;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, attempt: &Attempt) -> Ended {
    let at = hands.clock.now();
    let bucket = at.timestamp().div_euclid(BUCKET);
    let silent = payments::silent(hands.database.reader(), at).await?;
    let questions = silent.into_iter().map(|payment| NewJob {
        cause: Some(format!("payment:{}", payment.id)),
        dossier: Some(payment.dossier_id),
        unique_key: Some(format!("query:{}:{bucket}", payment.id)),
        traceparent: attempt.traceparent.clone(),
        ..NewJob::new(Job::QueryPayment { payment: payment.id }, at)
    });
    let Some(rows) = jobs::insert(questions.collect(), at)? else {
        return Ok(());
    };
    let tx = hands.database.begin().await?;
    tx.execute(&rows).await?;
    tx.commit().await?;
    hands.wake.ring(Queue::Party);
    Ok(())
}
