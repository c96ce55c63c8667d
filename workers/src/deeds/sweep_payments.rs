//! Ends the attempts whose time is over, and writes one question for every payment and refund that has been silent for too long.

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use entities::jobs::{self, NewJob};
use entities::payments;
use entities::refunds::sending;
use entities::tables::payments::Model;
use rules::jobs::{Job, Queue};
use sea_orm::ConnectionTrait;

/// Seconds in which a payment is asked about once, however often the sweep runs.
const BUCKET: i64 = 300;

/// The same for one that has ended, for money by it is rare, and for a refund under way.
const LATE_BUCKET: i64 = 3_600;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, attempt: &Attempt) -> Ended {
    let at = hands.clock.now();
    let (db, deaf) = (hands.database.reader(), deaf(hands));
    let silent = payments::silent(db, &deaf, at).await?.into_iter();
    let questions = silent.map(|payment| NewJob {
        cause: Some(format!("payment:{}", payment.id)),
        dossier: Some(payment.dossier_id),
        unique_key: Some(format!("query:{}:{}", payment.id, bucket(&payment, at.timestamp()))),
        traceparent: attempt.traceparent.clone(),
        ..NewJob::new(Job::QueryPayment { payment: payment.id }, at)
    });
    let standings = sending::under_way(db, at).await?.into_iter().map(|refund| NewJob {
        cause: Some(format!("refund:{}", refund.id)),
        dossier: Some(refund.dossier_id),
        unique_key: Some(format!("refund-standing:{}:{}", refund.id, at.timestamp().div_euclid(LATE_BUCKET))),
        traceparent: attempt.traceparent.clone(),
        ..NewJob::new(Job::SendRefund { refund: refund.id }, at)
    });
    let questions = jobs::insert(questions.chain(standings).collect(), at)?;
    let tx = hands.database.begin().await?;
    payments::expire(&tx, at).await?;
    let asking = questions.is_some();
    if let Some(rows) = questions {
        tx.execute(&rows).await?;
    }
    tx.commit().await?;
    if asking {
        hands.wake.ring(Queue::Party);
    }
    Ok(())
}

// A platform that answers no question is not asked one every five minutes; one that is not set up yet waits.
fn deaf(hands: &Hands) -> Vec<String> {
    let deaf = hands.wires.platforms.iter().filter(|(_, platform)| !platform.offers().query);
    deaf.map(|(key, _)| key.clone()).collect()
}

fn bucket(payment: &Model, second: i64) -> i64 {
    let length = if payment.state == "pending" { BUCKET } else { LATE_BUCKET };
    second.div_euclid(length)
}
