//! Money that did not come through a platform: taken at the desk, or collected by the post (F-02, F-04).

use crate::columns::from_json;
use crate::error::Error;
use crate::tables::{dossiers, payments};
use chrono::{DateTime, Utc};
use rules::fees::{FeeKind, Quote};
use rules::status::Status;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Way the money came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentWay {
    /// Online, through a payment platform.
    Platform,
    /// At the desk: cash, card, or a transfer seen on the account.
    Cash,
    /// The post collected it.
    Post,
}

impl PaymentWay {
    /// The way of a payment, from what stands in the place of its platform.
    pub fn of(platform: &str) -> Self {
        match platform {
            CASH => Self::Cash,
            POST => Self::Post,
            _ => Self::Platform,
        }
    }
}

/// Stands in the place of the platform for money taken at the desk.
const CASH: &str = "cash";

/// Stands in the place of the platform for money that the post collected.
const POST: &str = "post";

/// Longest receipt kept beside a payment, in characters.
const LONGEST_RECEIPT: usize = 200;

/// The payment of the whole fee as the desk records it; `proof` names the receipt given to the payer.
pub(crate) fn taken(
    dossier: &dossiers::Model,
    proof: &str,
    at: DateTime<Utc>,
) -> Result<payments::Model, Error> {
    let id = Uuid::now_v7();
    Ok(payments::Model {
        id,
        dossier_id: dossier.id,
        unit_id: dossier.unit_id,
        reference: id.simple().to_string(),
        platform: if collected_by_post(dossier) { POST } else { CASH }.into(),
        amount: dossier.fee_total,
        phi: phi_of(dossier)?,
        currency: "VND".into(),
        state: "paid".into(),
        pay_url: None,
        client_ip: None,
        transaction_id: None,
        trouble: None,
        receipt: Some(proof.chars().take(LONGEST_RECEIPT).collect()),
        opened_at: at,
        paid_at: Some(at),
    })
}

/// What of a payment is of one kind, in đồng (F-01).
pub fn share(payment: &payments::Model, kind: FeeKind) -> i64 {
    match kind {
        FeeKind::Phi => payment.phi,
        FeeKind::LePhi => payment.amount - payment.phi,
    }
}

/// How much of the fee of a dossier is phí, in đồng, as its quote was frozen (F-01).
pub(super) fn phi_of(dossier: &dossiers::Model) -> Result<i64, Error> {
    let quote: Quote = from_json("dossiers.quote", &dossier.quote)?;
    Ok(quote.of_kind(FeeKind::Phi))
}

/// The post took the papers in with the money, or brings the result against it.
fn collected_by_post(dossier: &dossiers::Model) -> bool {
    let brought = dossier.status == Status::Decided.key() && dossier.return_method == "post";
    dossier.channel == "post" || brought
}
