//! Mail that came back: the result waits at the desk, the person is told, and it may be sent again (TT 17/2017 Đ5.2h).

use super::sighting::BACK;
use super::{NewShipment, by_id, job, locked, of_dossier, opened, refused, sightings};
use crate::dossiers::Door;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::sealing::Sealer;
use crate::tables::dossiers;
use crate::tables::shipments::Model;
use crate::warnings::rows::watch;
use rules::post::{INVITATIONS, invitations};
use rules::refusal::Violation;
use rules::status::Status;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Set};
use uuid::Uuid;

impl Door<'_> {
    /// Takes a parcel back from the post, which invited twice in vain. The desk alone may.
    ///
    /// Refused unless the parcel is a result that was out and not delivered, and until two deliveries were in vain or
    /// the carrier itself says that it brings it back. A parcel that lies at the desk all the same, of which the carrier
    /// said too little, is taken back for a reason in words, which is kept.
    pub async fn take_back(
        &self,
        dossier: Uuid,
        (shipment, expected): (Uuid, Option<i32>),
        reason: Option<&str>,
    ) -> Result<Model, Error> {
        let dossier = self.at_desk(dossier).await?;
        if reason.is_some_and(|words| words.trim().is_empty() || words.chars().count() > LONGEST_REASON) {
            return Err(Error::Invalid(vec![no_reason()]));
        }
        let mut row = locked(self.tx, shipment).await?;
        if row.dossier_id != dossier.id || row.leg != "return" {
            return Err(Error::NotFound("shipment"));
        }
        if expected.is_some_and(|version| version != row.version) {
            return Err(Error::Stale);
        }
        if row.ordered_at.is_none() || row.closed_at.is_some() {
            return Err(refused(TAKE_BACK, &dossier, NOT_OUT, None));
        }
        if let Some(words) = reason {
            row.taken_back_sealed = Some(self.sealer.seal(&taken_back_of(shipment), words.trim())?);
        } else if row.state != "returning" && !self.invited_enough(shipment).await? {
            return Err(refused(TAKE_BACK, &dossier, TOO_EARLY, Some("TT 17/2017 Đ5.2h")));
        }
        row.state = BACK.into();
        row.closed_at = Some(self.at);
        row.version += 1;
        row.clone().into_active_model().reset_all().update(self.tx).await?;
        watch(self.tx, dossier.id, self.at).await?;
        Ok(row)
    }

    async fn invited_enough(&self, shipment: Uuid) -> Result<bool, Error> {
        let said = sightings(self.tx, shipment).await?;
        let vain = said.iter().filter(|seen| seen.state == "undelivered").map(|seen| seen.at);
        let calendar = self.catalogue.calendar(self.tx, self.at).await?;
        Ok(invitations(&vain.collect::<Vec<_>>(), &calendar).len() >= INVITATIONS)
    }

    /// Sends a result again whose last carriage came back or was called off.
    pub async fn send_again(&self, dossier: Uuid) -> Result<Model, Error> {
        let dossier = self.at_desk(dossier).await?;
        if dossier.status != Status::Decided.key() {
            return Err(refused(SEND, &dossier, NOTHING_TO_SEND, None));
        }
        let rows = of_dossier(self.tx, dossier.id).await?;
        let before = rows.iter().filter(|row| row.leg.starts_with("returned-")).count();
        let number = match rows.iter().find(|row| row.leg == "return") {
            None => dossier.code.clone(),
            Some(last) if last.closed_at.is_none() => {
                return Err(refused(SEND, &dossier, UNDER_WAY, None));
            }
            Some(last) => {
                self.set_aside(last, format!("returned-{}", before + 1)).await?;
                format!("{}-R{}", dossier.code, before + 1)
            }
        };
        self.open_shipment(&dossier, NewShipment { leg: "return", order_number: number, contents: None })
            .await
    }

    /// A leg gets a name of its own, so that another carriage may take its place.
    pub(super) async fn set_aside(&self, shipment: &Model, leg: String) -> Result<(), Error> {
        let mut row = by_id(self.tx, shipment.id).await?.into_active_model();
        row.leg = Set(leg);
        row.update(self.tx).await?;
        Ok(())
    }

    /// Writes a new carriage and the job that orders it.
    pub(super) async fn open_shipment(
        &self,
        dossier: &dossiers::Model,
        new: NewShipment,
    ) -> Result<Model, Error> {
        let row = opened(self, dossier, new);
        crate::tables::shipments::Entity::insert(row.clone().into_active_model())
            .exec_without_returning(self.tx)
            .await?;
        let mut order = NewJob::new(job(&row), self.at);
        order.dossier = Some(dossier.id);
        order.cause = Some(format!("shipment:{}", row.id));
        order.traceparent = self.trace.map(Into::into);
        if let Some(rows) = jobs::insert(vec![order], self.at)? {
            self.tx.execute(&rows).await?;
        }
        Ok(row)
    }

    /// The dossier, for who sits at its desk; others are told that they may not, or that there is none.
    pub(super) async fn at_desk(&self, dossier: Uuid) -> Result<dossiers::Model, Error> {
        let dossier = self.postal(dossier).await?;
        if self.sits_at_desk_of(&dossier) {
            return Ok(dossier);
        }
        Err(refused("hand_to_post", &dossier, NOT_THE_DESK, None))
    }
}

/// Why the desk took a parcel back before the carrier had said enough, opened; none where it had.
pub fn reason(sealer: &Sealer, shipment: &Model) -> Result<Option<String>, Error> {
    let sealed = shipment.taken_back_sealed.as_deref();
    sealed.map(|sealed| sealer.open(&taken_back_of(shipment.id), sealed)).transpose()
}

fn taken_back_of(shipment: Uuid) -> String {
    format!("taken_back:{shipment}")
}

/// Longest reason, in characters.
const LONGEST_REASON: usize = 1_000;

fn no_reason() -> Violation {
    Violation {
        pointer: "/reason".into(),
        code: "reason_unsaid",
        vi: "Lý do từ 1 đến 1.000 ký tự.".into(),
        en: "A reason has 1 to 1,000 characters.".into(),
    }
}

const TAKE_BACK: &str = "take_back";
const SEND: &str = "send_again";

const NOT_THE_DESK: (&str, &str, &str) =
    ("wrong_role", "Việc này do cán bộ một cửa làm.", "This is for the officers of the desk.");
const NOT_OUT: (&str, &str, &str) =
    ("not_in_the_post", "Bưu gửi này không ở chỗ bưu điện.", "The post does not have this parcel.");
const TOO_EARLY: (&str, &str, &str) = (
    "invite_again",
    "Bưu điện phải mời ít nhất hai lần, cách nhau hai ngày làm việc, trước khi chuyển hoàn.",
    "The post invites at least twice, two working days apart, before it gives a parcel back.",
);
const NOTHING_TO_SEND: (&str, &str, &str) =
    ("no_result_to_send", "Chưa có kết quả, hoặc kết quả đã được trả.", "There is no result to be sent.");
const UNDER_WAY: (&str, &str, &str) =
    ("already_in_the_post", "Kết quả đang được bưu điện chuyển.", "The post is carrying the result already.");
