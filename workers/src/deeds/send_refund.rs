//! Has the platform send an approved refund back, once, and asks how it stands when the platform has taken it (F-06).

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::payment::{RefundOrder, RefundStanding, reference};
use connectors::trip::Trip;
use entities::dossiers::Door;
use entities::refunds::sending::{by_id, mark_asked, unmark_asked};
use entities::tables::refunds::Model;
use entities::{payments, refunds};
use rules::actor::Actor;
use uuid::Uuid;

/// Words at a refund that may have gone already.
const LOOK_FIRST: &str = "chưa rõ nền tảng đã hoàn hay chưa: hãy xem tại nền tảng trước khi chi trả bằng tay / \
     it is not known whether the platform has sent it: look there first, before it is paid out by hand";

/// Does one attempt. What the platform understands and refuses is left to be paid out by hand.
pub(super) async fn run(hands: &Hands, refund: Uuid, attempt: &Attempt) -> Ended {
    let row = by_id(hands.database.reader(), refund).await?;
    match (row.state.as_str(), row.via.as_deref()) {
        ("approved", Some(key)) => send(hands, &row, key, attempt).await,
        ("sent", Some(key)) => ask(hands, &row, key, attempt).await,
        _ => Ok(()),
    }
}

/// The mark is written before the platform is asked: an attempt that finds it does not know what the one before did.
async fn send(hands: &Hands, row: &Model, key: &str, attempt: &Attempt) -> Ended {
    let db = hands.database.reader();
    let payment = payments::by_id(db, row.payment_id).await?;
    let platform = hands.wires.platform(key)?;
    let (reason, _, _) = refunds::reading::words(&hands.sealer, row)?;
    let order = RefundOrder {
        key: reference(row.id),
        reference: payment.reference,
        transaction_id: payment.transaction_id.unwrap_or_default(),
        amount: row.amount,
        reason,
    };
    let first = mark_asked(hands.database.writer(), row.id, hands.clock.now()).await?;
    if !first && !platform.offers().refund_key {
        keep(hands, row.id, Told::Refused(LOOK_FIRST)).await?;
        return Err(Trouble::fail(LOOK_FIRST));
    }
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    match platform.refund(&trip, &order).await {
        Ok(taken) => keep(hands, row.id, Told::Taken(&taken.refund_id)).await,
        Err(failure) if failure.left_undone() && first => {
            unmark_asked(hands.database.writer(), row.id).await?;
            Err(failure.into())
        }
        Err(failure) if failure.is_retry() => Err(failure.into()),
        Err(failure) => {
            keep(hands, row.id, Told::Refused(failure.reason())).await?;
            Err(Trouble::fail(failure.reason()))
        }
    }
}

/// A platform that does not say is asked again by the next sweep; finance confirms by hand what it sees there.
async fn ask(hands: &Hands, row: &Model, key: &str, attempt: &Attempt) -> Ended {
    let platform = hands.wires.platform(key)?;
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    match platform.refund_standing(&trip, row.platform_refund.as_deref().unwrap_or_default()).await {
        Ok(RefundStanding::Done) => keep(hands, row.id, Told::Done).await,
        Ok(RefundStanding::Pending) => Ok(()),
        Err(failure) => {
            tracing::info!(reason = failure.reason(), "the platform does not say how the refund stands");
            Ok(())
        }
    }
}

/// What the platform said of a refund.
enum Told<'a> {
    /// Taken, under this number.
    Taken(&'a str),
    /// Not taken, or nobody knows; why.
    Refused(&'a str),
    /// The money went.
    Done,
}

async fn keep(hands: &Hands, refund: Uuid, told: Told<'_>) -> Ended {
    let tx = hands.database.begin().await?;
    let office = Actor::office();
    let door = Door {
        tx: &tx,
        catalogue: &hands.catalogue,
        sealer: &hands.sealer,
        by: &office,
        at: hands.clock.now(),
        trace: None,
    };
    match told {
        Told::Taken(number) => door.refund_sent(refund, Ok(number)).await?,
        Told::Refused(why) => door.refund_sent(refund, Err(why)).await?,
        Told::Done => door.refund_done(refund).await?,
    }
    tx.commit().await?;
    Ok(())
}
