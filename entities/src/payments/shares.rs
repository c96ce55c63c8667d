//! How much of a sum is phí and how much lệ phí (F-01).

use crate::columns::from_json;
use crate::error::Error;
use crate::tables::{dossiers, payments};
use rules::fees::{FeeKind, Quote};

/// What of a payment is of one kind, in đồng.
pub fn share(payment: &payments::Model, kind: FeeKind) -> i64 {
    match kind {
        FeeKind::Phi => payment.phi,
        FeeKind::LePhi => payment.amount - payment.phi,
    }
}

/// What is asked of a dossier, as it was frozen.
pub(crate) fn quote_of(dossier: &dossiers::Model) -> Result<Quote, Error> {
    from_json("dossiers.quote", &dossier.quote)
}

/// How much of the fee of a dossier is phí, in đồng.
pub(crate) fn phi_of(dossier: &dossiers::Model) -> Result<i64, Error> {
    Ok(quote_of(dossier)?.of_kind(FeeKind::Phi))
}
