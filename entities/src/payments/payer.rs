//! Who pays, who need not be the applicant; kept sealed beside the payment.

use super::words::{missing, unfit};
use crate::columns::{from_json, json_of};
use crate::dossiers::reading::applicant;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::{dossiers, payments};
use rules::refusal::Violation;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who pays, as the receipt names them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payer {
    /// Full name of the person or organisation.
    pub name: String,
    /// Personal number or tax code; absent when not said (X-02: never invented).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_number: Option<String>,
    /// Address in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl Payer {
    /// Everything wrong with it; `at` is its place in the body, such as `/payer`.
    pub fn violations(&self, at: &str) -> Vec<Violation> {
        let mut wrong = missing(&format!("{at}/name"), &self.name, 200);
        let number = self.identity_number.as_deref().unwrap_or_default();
        let address = self.address.as_deref().unwrap_or_default();
        wrong.extend(unfit([
            (format!("{at}/identity_number").as_str(), number, 20),
            (format!("{at}/address").as_str(), address, 400),
        ]));
        wrong
    }

    /// Sealed for the payment or the receipt of this key.
    pub fn sealed(&self, sealer: &Sealer, owner: Uuid) -> Result<String, Error> {
        sealer.seal(&owner_of(owner), &json_of(self)?)
    }
}

/// What was sealed for the payment or the receipt of this key.
pub fn opened(sealer: &Sealer, owner: Uuid, sealed: &str) -> Result<Payer, Error> {
    from_json("payer_sealed", &sealer.open(&owner_of(owner), sealed)?)
}

/// Who pays this payment: the person named, or else the applicant.
pub fn of(sealer: &Sealer, payment: &payments::Model, dossier: &dossiers::Model) -> Result<Payer, Error> {
    if let Some(sealed) = &payment.payer_sealed {
        return opened(sealer, payment.id, sealed);
    }
    let applicant = applicant(sealer, dossier)?;
    let said = |text: String| Some(text).filter(|text| !text.is_empty());
    Ok(Payer {
        identity_number: applicant.number().map(str::to_owned),
        address: applicant.address.as_ref().and_then(|address| said(address.one_line())),
        name: applicant.name,
    })
}

fn owner_of(id: Uuid) -> String {
    format!("payer:{id}")
}
