//! Minutes of a hand-over between postman and officer (biên bản giao nhận): counted, signed by both, kept and printable.

use super::{of_dossier, refused};
use crate::columns::{from_json, json_of};
use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::tables::handover_minutes::{Column, Entity, Model};
use crate::tables::{dossiers, shipments, units};
use chrono::{DateTime, Utc};
use rules::forms::Sheet;
use rules::forms::handover_minutes::{Counted, HandoverMinutes};
use rules::refusal::Violation;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    Set,
};
use uuid::Uuid;

/// Minutes as both have signed them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// `collection` when the papers came in, `return` when the result went out.
    pub leg: String,
    /// Name of the postman.
    pub postman: String,
    /// What they counted.
    pub papers: Vec<Counted>,
    /// When both had signed.
    pub signed_at: DateTime<Utc>,
}

impl Door<'_> {
    /// Records minutes; the officer is who asks. Those of papers that came by post are the legal time of handing in (L-22).
    ///
    /// Refused for a dossier received already, whose clock runs, and for a result that is not to be carried.
    pub async fn sign_minutes(&self, dossier: Uuid, signed: &Signed) -> Result<Model, Error> {
        let dossier = self.at_desk(dossier).await?;
        let wrong = misfits(signed, self.at);
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let rows = of_dossier(self.tx, dossier.id).await?;
        let shipment = rows.into_iter().find(|row| row.leg == signed.leg);
        match signed.leg.as_str() {
            "collection" => self.papers_came(&dossier, shipment.as_ref(), signed).await?,
            _ => self.result_went(&dossier, shipment.as_ref()).await?,
        }
        let row = Model {
            id: Uuid::now_v7(),
            dossier_id: dossier.id,
            shipment_id: shipment.map(|shipment| shipment.id),
            leg: signed.leg.clone(),
            postman: signed.postman.trim().into(),
            officer: self.by.name.clone(),
            officer_subject: self.by.subject.clone(),
            papers: json_of(&signed.papers)?,
            signed_at: signed.signed_at,
            recorded_at: self.at,
        };
        Entity::insert(row.clone().into_active_model()).exec_without_returning(self.tx).await?;
        Ok(row)
    }

    async fn papers_came(
        &self,
        dossier: &dossiers::Model,
        shipment: Option<&shipments::Model>,
        signed: &Signed,
    ) -> Result<(), Error> {
        if let Some(shipment) = shipment.filter(|shipment| shipment.closed_at.is_none()) {
            let mut row = shipment.clone().into_active_model();
            row.state = Set("delivered".into());
            row.delivered_at = Set(Some(signed.signed_at));
            row.closed_at = Set(Some(self.at));
            row.version = Set(shipment.version + 1);
            row.update(self.tx).await?;
        }
        if dossier.channel != "post" {
            return match shipment {
                Some(_) => Ok(()),
                None => Err(refused(SIGN, dossier, NOT_BY_POST, Some("QĐ 45/2016; L-22"))),
            };
        }
        if let Some(received) = dossier.received_at {
            // Papers asked for later come by a collection of their own; the moment of handing in stays what it was.
            return match shipment.filter(|shipment| shipment.created_at >= received) {
                Some(_) => Ok(()),
                None => Err(refused(SIGN, dossier, RECEIVED, Some("QĐ 45/2016; L-22"))),
            };
        }
        let (entries, version) = (dossier.entries, dossier.version);
        let mut row = dossier.clone().into_active_model();
        row.handed_over_at = Set(Some(signed.signed_at));
        row.entries = Set(entries);
        row.version = Set(version + 1);
        row.updated_at = Set(self.at);
        row.update(self.tx).await?;
        Ok(())
    }

    async fn result_went(
        &self,
        dossier: &dossiers::Model,
        shipment: Option<&shipments::Model>,
    ) -> Result<(), Error> {
        let Some(shipment) = shipment.filter(|shipment| shipment.closed_at.is_none()) else {
            return Err(refused(SIGN, dossier, NOT_CARRIED, None));
        };
        if ["created", "awaiting_collection"].contains(&shipment.state.as_str()) {
            let mut row = shipment.clone().into_active_model();
            row.state = Set("collected".into());
            row.version = Set(shipment.version + 1);
            row.update(self.tx).await?;
        }
        Ok(())
    }
}

const SIGN: &str = "sign_minutes";
const NOT_BY_POST: (&str, &str, &str) = (
    "not_by_post",
    "Hồ sơ này không nộp qua bưu chính và không có yêu cầu thu gom.",
    "The dossier did not come by post, and no collection was asked for.",
);
const RECEIVED: (&str, &str, &str) = (
    "already_received",
    "Hồ sơ đã được tiếp nhận, thời hạn đã tính; biên bản phải ghi trước khi tiếp nhận.",
    "The dossier has been received and its clock runs; minutes are recorded before the reception.",
);
const NOT_CARRIED: (&str, &str, &str) = (
    "not_in_the_post",
    "Không có bưu gửi nào đang chờ giao cho bưu điện.",
    "No parcel waits to be given to the post.",
);

fn misfits(signed: &Signed, at: DateTime<Utc>) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let mut say = |pointer: &str, code, vi: &str, en: &str| {
        wrong.push(Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() });
    };
    let named = |text: &str, most: usize| !text.trim().is_empty() && text.chars().count() <= most;
    if !["collection", "return"].contains(&signed.leg.as_str()) {
        say("/leg", "leg_unknown", "Chiều giao nhận không hợp lệ.", "There is no such leg.");
    }
    if !named(&signed.postman, 200) {
        say("/postman", "postman_unnamed", "Chưa ghi tên bưu tá.", "The postman has no name.");
    }
    if signed.papers.is_empty() || signed.papers.len() > 100 {
        say("/papers", "papers_unnamed", "Phải ghi từ 1 đến 100 giấy tờ.", "Name 1 to 100 papers.");
    }
    if signed.papers.iter().any(|paper| !named(&paper.name, 400) || paper.copies == 0) {
        say(
            "/papers",
            "paper_unnamed",
            "Mỗi giấy tờ phải có tên và số lượng.",
            "A paper has a name and a number.",
        );
    }
    if signed.signed_at > at {
        say(
            "/signed_at",
            "in_the_future",
            "Biên bản không thể ký sau lúc này.",
            "They cannot have been signed later than now.",
        );
    }
    wrong
}

/// The minutes of a dossier, oldest first.
pub async fn of<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(Column::Id).all(db).await?)
}

/// Minutes by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("handover minutes"))
}

/// What was counted.
pub fn counted(minutes: &Model) -> Result<Vec<Counted>, Error> {
    from_json("handover_minutes.papers", &minutes.papers)
}

/// The minutes as a page for both to sign.
pub async fn sheet<C: ConnectionTrait>(db: &C, minutes: &Model) -> Result<Sheet, Error> {
    let dossier = reading::by_id(db, minutes.dossier_id).await?;
    let unit = units::Entity::find_by_id(dossier.unit_id).one(db).await?.ok_or(Error::NotFound("unit"))?;
    let handed = HandoverMinutes {
        agency: unit.name,
        code: dossier.code,
        procedure: dossier.summary,
        incoming: minutes.leg == "collection",
        postman: minutes.postman.clone(),
        officer: minutes.officer.clone(),
        signed_at: minutes.signed_at,
        papers: counted(minutes)?,
    };
    Ok(handed.sheet())
}
