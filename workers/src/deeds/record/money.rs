//! What was asked, and how it was paid by then: the payment that was booked says which way the money came.

use crate::deeds::past::Past;
use crate::hands::Hands;
use connectors::portal::{FeeAsked, FeePayment};
use entities::Error;
use entities::dossiers::reading;
use entities::payments::desk::PaymentWay;
use entities::tables::payments;
use rules::lifecycle::ActKind;

/// Connector key of the national payment platform; only money through it is told as such (law.md X-06).
const NATIONAL: &str = "national_platform";

/// How the fee was settled by then.
pub(super) enum Settled {
    /// It was not.
    Not,
    /// Through this payment.
    By(Box<payments::Model>),
    /// Without a payment that is on record.
    Somehow,
}

pub(super) async fn settled(hands: &Hands, past: &Past) -> Result<Settled, Error> {
    let Some(recorded_at) = past.when(ActKind::RecordPayment) else {
        return Ok(Settled::Not);
    };
    let proof = past.words(hands, ActKind::RecordPayment)?;
    let paid = reading::payments(hands.database.reader(), past.dossier.id).await?;
    let mut paid = paid.into_iter().filter(|payment| payment.paid_at.is_some());
    // Money of a platform is known by its reference; what the desk or the accountant books, by its moment.
    let proves = |payment: &payments::Model| {
        let booked = PaymentWay::of(&payment.platform) != PaymentWay::Platform;
        Some(&payment.reference) == proof.as_ref() || (booked && payment.paid_at == Some(recorded_at))
    };
    Ok(paid.find(proves).map_or(Settled::Somehow, |payment| Settled::By(Box::new(payment))))
}

/// Cash, card and transfer are never told as paid online (law.md X-06).
pub(super) fn payment(past: &Past, settled: &Settled) -> FeePayment {
    match settled {
        _ if past.quote.total == 0 => FeePayment::NothingDue,
        Settled::Not => FeePayment::Unpaid,
        Settled::By(payment) if payment.platform == NATIONAL => FeePayment::NationalPlatform,
        Settled::By(payment) if PaymentWay::of(&payment.platform) == PaymentWay::Platform => {
            FeePayment::OtherGateway
        }
        Settled::By(_) | Settled::Somehow => FeePayment::Offline,
    }
}

/// The fee lines as they were frozen at submission. The way of collection has a code of the portal's own, which the
/// settings hold or nobody knows.
pub(super) fn fees(hands: &Hands, past: &Past, settled: &Settled) -> Vec<FeeAsked> {
    let way = match settled {
        Settled::By(payment) => Some(PaymentWay::of(&payment.platform).key()),
        Settled::Not | Settled::Somehow => None,
    };
    let collected_by = way.and_then(|way| hands.office.portal_codes.collected.get(way).cloned());
    let asked = past.quote.lines.iter().map(|line| FeeAsked {
        name: line.name.clone(),
        code: Some(line.code.clone()),
        collected_by: collected_by.clone(),
        amount: line.amount,
        kind: line.kind,
    });
    asked.collect()
}
