//! What was shown for a payment, kept sealed: a payer writes into it whatever they like.

use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::payments::Model;
use uuid::Uuid;

/// The words of a payment, opened.
pub fn of(sealer: &Sealer, payment: &Model) -> Result<Option<String>, Error> {
    let sealed = payment.evidence_sealed.as_ref();
    sealed.map(|sealed| sealer.open(&owner_of(payment.id), sealed)).transpose()
}

/// Sealed for the payment of this key.
pub(super) fn sealed(sealer: &Sealer, payment: Uuid, words: &str) -> Result<String, Error> {
    sealer.seal(&owner_of(payment), words)
}

fn owner_of(payment: Uuid) -> String {
    format!("payment_evidence:{payment}")
}
