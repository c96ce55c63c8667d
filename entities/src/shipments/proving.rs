//! Proof of a delivery: who took it, when, and by which paper they were known (TT 17/2017 Đ5.2).

use super::{by_id, locked, refused};
use crate::columns::{from_json, json_of};
use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::shipments::Model;
use chrono::{DateTime, Utc};
use rules::actor::Role;
use rules::refusal::Violation;
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who took a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Name.
    pub taken_by: String,
    /// What they are to the applicant; none for the applicant in person.
    pub relation: Option<String>,
    /// The paper they were known by: identity card, passport, letter of proxy, with its number.
    pub paper: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Door<'_> {
    /// Keeps who took a delivered parcel, sealed; told by a clerk of the postal point that carried it, or by the desk.
    ///
    /// What was kept once stays. Refused for a parcel that nobody delivered.
    pub async fn prove_delivery(
        &self,
        (shipment, expected): (Uuid, Option<i32>),
        proof: &Proof,
    ) -> Result<Model, Error> {
        let known = by_id(self.tx, shipment).await?;
        let dossier = reading::by_id(self.tx, known.dossier_id).await?;
        let carries = known.point_id.is_some_and(|point| self.by.is_at(Role::PostalClerk, point));
        if !carries && !self.sits_at_desk_of(&dossier) {
            return Err(Error::NotFound("shipment"));
        }
        let wrong = misfits(proof, self.at);
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let mut row = locked(self.tx, shipment).await?;
        if expected.is_some_and(|version| version != row.version) {
            return Err(Error::Stale);
        }
        if row.delivered_at.is_none() || row.taken_by_sealed.is_some() {
            return Err(refused("prove_delivery", &dossier, NOTHING_TO_PROVE, None));
        }
        row.taken_by_sealed = Some(self.sealer.seal(&owner_of(shipment), &json_of(proof)?)?);
        row.version += 1;
        row.clone().into_active_model().reset_all().update(self.tx).await?;
        Ok(row)
    }
}

const NOTHING_TO_PROVE: (&str, &str, &str) = (
    "nothing_to_prove",
    "Bưu gửi chưa được phát, hoặc đã có ghi nhận người nhận.",
    "The parcel is not delivered, or who took it is recorded already.",
);

/// Who took a parcel, opened; none where nobody told.
pub fn proof(sealer: &Sealer, shipment: &Model) -> Result<Option<Proof>, Error> {
    let Some(sealed) = &shipment.taken_by_sealed else { return Ok(None) };
    from_json("shipments.taken_by", &sealer.open(&owner_of(shipment.id), sealed)?).map(Some)
}

fn owner_of(shipment: Uuid) -> String {
    format!("shipment:{shipment}")
}

fn misfits(proof: &Proof, at: DateTime<Utc>) -> Vec<Violation> {
    let said = |text: &str| !text.trim().is_empty() && text.chars().count() <= 200;
    let mut wrong = Vec::new();
    let mut say = |pointer: &str, code, vi: &str, en: &str| {
        wrong.push(Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() });
    };
    if !said(&proof.taken_by) {
        say("/taken_by", "receiver_unnamed", "Chưa ghi người nhận.", "Who took it has no name.");
    }
    if !said(&proof.paper) {
        say(
            "/paper",
            "paper_unnamed",
            "Chưa ghi giấy tờ của người nhận.",
            "Name the paper they were known by.",
        );
    }
    if proof.relation.as_deref().is_some_and(|relation| !said(relation)) {
        say(
            "/relation",
            "relation_unsaid",
            "Quan hệ với chủ hồ sơ chưa rõ.",
            "Say what they are to the applicant.",
        );
    }
    if proof.at > at {
        say(
            "/at",
            "in_the_future",
            "Không thể nhận sau lúc này.",
            "It cannot have been taken later than now.",
        );
    }
    wrong
}
