//! Asks the platform how a payment stands, for those whose news never came (wire.md §2.1.4).

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::payment::Standing;
use connectors::trip::Trip;
use entities::columns::json_of;
use entities::dossiers::Door;
use entities::payments::{self, News, Verdict};
use entities::tables::payments::Model;
use rules::actor::Actor;
use rules::jobs::Queue;
use uuid::Uuid;

/// Does one attempt. A payment without an end is left to the next sweep; one that no sweep asks about is tried again.
pub(super) async fn run(hands: &Hands, payment: Uuid, attempt: &Attempt) -> Ended {
    let row = payments::by_id(hands.database.reader(), payment).await?;
    if matches!(row.state.as_str(), "opening" | "paid" | "refund_due") {
        return Ok(());
    }
    let platform = hands.wires.platform(&row.platform)?;
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let standing = match platform.query(&trip, &row.reference).await {
        // A retry would stand before the questions of later sweeps, for hours.
        Err(failure) if failure.is_retry() && payments::is_swept(&row, attempt.at) => {
            tracing::warn!(
                reason = failure.reason(),
                "the platform did not answer; the next sweep asks again"
            );
            return Ok(());
        }
        answered => answered?,
    };
    match standing {
        Standing::Paid(notice) => {
            let raw = json_of(&notice)?;
            let (amount, transaction_id) = (notice.amount, notice.transaction_id.as_str());
            settle(hands, attempt, News { amount, transaction_id, ..news(&row, true, &raw) }).await
        }
        Standing::Failed if row.state == "failed" => Ok(()),
        Standing::Failed => settle(hands, attempt, news(&row, false, r#"{"outcome":"failed"}"#)).await,
        Standing::Pending | Standing::Unknown => Ok(()),
    }
}

fn news<'a>(row: &'a Model, paid: bool, raw: &'a str) -> News<'a> {
    News {
        reference: &row.reference,
        platform: &row.platform,
        amount: row.amount,
        transaction_id: "",
        paid,
        proven: true,
        raw,
    }
}

async fn settle(hands: &Hands, attempt: &Attempt, news: News<'_>) -> Ended {
    let tx = hands.database.begin().await?;
    let office = Actor::office();
    let door = Door {
        tx: &tx,
        catalogue: &hands.catalogue,
        sealer: &hands.sealer,
        by: &office,
        at: hands.clock.now(),
        trace: attempt.traceparent.as_deref(),
    };
    let verdict = door.settle(&news).await?;
    tx.commit().await?;
    hands.wake.ring_all(Queue::ALL);
    match verdict {
        Verdict::Settled | Verdict::Repeated | Verdict::Failed | Verdict::RefundDue | Verdict::Asked => {}
        Verdict::Unknown | Verdict::WrongAmount | Verdict::ForeignTransaction => {
            tracing::warn!(verdict = verdict.key(), "the platform's answer about a payment was not accepted");
        }
    }
    Ok(())
}
