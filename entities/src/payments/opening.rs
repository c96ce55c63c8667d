//! Opening a payment at a platform: of everything owed, where money may be taken.

use super::payer::{self, Payer};
use crate::dossiers::Door;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::shipments::brought;
use crate::tables::dossiers;
use crate::tables::payments::{Column, Entity, Model};
use crate::writing::Batch;
use chrono::{DateTime, TimeDelta, Utc};
use rules::jobs::Job;
use rules::lifecycle::{ActKind, TABLE};
use rules::refusal::{Block, Refusal};
use rules::status::Status;
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// A payment that is to be opened.
#[derive(Debug, Clone)]
pub struct Opening<'a> {
    /// Its key.
    pub id: Uuid,
    /// The reference made of it.
    pub reference: String,
    /// Connector key of the platform.
    pub platform: &'a str,
    /// The payer asked for this platform; otherwise one that is open at another is as good.
    pub chosen: bool,
    /// Who pays; the applicant when absent.
    pub payer: Option<Payer>,
    /// Address of the payer's client.
    pub client_ip: Option<String>,
    /// Until when it may be paid.
    pub expires_at: DateTime<Utc>,
}

impl Door<'_> {
    /// Opens a payment of everything owed, or gives the one that is open already. Refused when nothing is due now.
    ///
    /// Another platform or another payer ends the attempt there was; money that comes by it is still heard of.
    pub async fn open_payment(
        &self,
        dossier: &dossiers::Model,
        opening: Opening<'_>,
    ) -> Result<Model, Error> {
        let dossier = &self.locked(dossier.id).await?;
        payable(dossier)?;
        self.not_by_postman(dossier).await?;
        let open = Entity::find().filter(Column::DossierId.eq(dossier.id)).filter(still_good(self.at));
        let open = open.order_by_desc(Column::Id).one(self.tx).await?;
        if let Some(open) = open
            && self.serves(&open, &opening)?
        {
            return Ok(open);
        }
        self.close_others(dossier.id, opening.id).await?;
        let place = (opening.platform, "opening");
        let mut payment =
            self.drafted(dossier, (opening.id, dossier.authority_id), place, opening.payer.as_ref())?;
        payment.reference = opening.reference;
        payment.client_ip = opening.client_ip;
        payment.expires_at = Some(opening.expires_at);
        let mut job = NewJob::new(Job::OpenPayment { payment: opening.id }, self.at);
        job.dossier = Some(dossier.id);
        job.cause = Some(format!("payment:{}", opening.id));
        job.traceparent = self.trace.map(Into::into);
        let mut batch = Batch::default();
        batch.insert(payment.clone());
        batch.add_some(jobs::insert(vec![job], self.at)?);
        batch.write(self.tx).await?;
        Ok(payment)
    }

    /// The payment under which a platform is told what is to be paid, asked by it and not by the payer: the one that is
    /// open there, or a new one that waits for its news. The attempts of the payer stay as they are.
    pub async fn tell_bill(&self, dossier: Uuid, opening: Opening<'_>) -> Result<Model, Error> {
        let dossier = &self.locked(dossier).await?;
        payable(dossier)?;
        self.not_by_postman(dossier).await?;
        let told = Entity::find().filter(Column::DossierId.eq(dossier.id)).filter(still_open(self.at));
        let told = told.filter(Column::Platform.eq(opening.platform));
        let told = told.filter(Column::Amount.eq(dossier.fee_total)).order_by_desc(Column::Id);
        if let Some(told) = told.one(self.tx).await? {
            return Ok(told);
        }
        let place = (opening.platform, "pending");
        let mut payment =
            self.drafted(dossier, (opening.id, dossier.authority_id), place, opening.payer.as_ref())?;
        payment.reference = opening.reference;
        payment.expires_at = Some(opening.expires_at);
        Entity::insert(payment.clone().into_active_model()).exec_without_returning(self.tx).await?;
        Ok(payment)
    }

    /// An open attempt is what is asked for: at this platform, or any, and for the same payer.
    fn serves(&self, open: &Model, opening: &Opening<'_>) -> Result<bool, Error> {
        let known = open.payer_sealed.as_deref();
        let known = known.map(|sealed| payer::opened(self.sealer, open.id, sealed)).transpose()?;
        Ok((!opening.chosen || open.platform == opening.platform) && known == opening.payer)
    }

    /// A result on its way by post is paid to the postman: online as well would be twice.
    async fn not_by_postman(&self, dossier: &dossiers::Model) -> Result<(), Error> {
        if !brought(self.tx, dossier).await? {
            return Ok(());
        }
        let block = Block {
            code: "collected_by_post",
            vi: "Bưu điện thu phí khi phát kết quả.".into(),
            en: "The postman collects the fee when he brings the result.".into(),
            legal_basis: Some("TT 17/2017 Đ5.2"),
        };
        Err(refused(dossier, block))
    }

    /// The dossier, held until the end of the transaction: nobody pays, withdraws or opens a payment beside us.
    pub(super) async fn locked(&self, id: Uuid) -> Result<dossiers::Model, Error> {
        let row = dossiers::Entity::find_by_id(id).lock_exclusive().one(self.tx).await?;
        row.ok_or(Error::NotFound("dossier"))
    }
}

/// A page that may still be paid at, or one that has been opening for less than an hour.
fn still_good(at: DateTime<Utc>) -> Condition {
    let page = Condition::any().add(Column::PayUrl.is_not_null()).add(Column::QrContent.is_not_null());
    still_open(at).add(page.add(Column::State.eq("opening")))
}

/// An attempt that may still be paid, with a page of its own or none.
fn still_open(at: DateTime<Utc>) -> Condition {
    let pending = Condition::all().add(Column::State.eq("pending"));
    let opening = Condition::all().add(Column::State.eq("opening"));
    let either = Condition::any()
        .add(pending.add(Column::ExpiresAt.gt(at)))
        .add(opening.add(Column::OpenedAt.gt(at - TimeDelta::hours(1))));
    Condition::all().add(either)
}

/// The refusal of taking money for a dossier.
pub(super) fn refused(dossier: &dossiers::Model, block: Block) -> Error {
    let (act, status) = (ActKind::RecordPayment.key(), Status::from_key(&dossier.status));
    Refusal { act, status, blocked_by: vec![block], allowed: Vec::new() }.into()
}

/// Something is owed, and the dossier stands where money may be taken.
pub(super) fn payable(dossier: &dossiers::Model) -> Result<(), Error> {
    let status = Status::from_key(&dossier.status);
    let open = TABLE
        .iter()
        .filter(|row| row.act == ActKind::RecordPayment)
        .any(|row| status.is_some_and(|s| row.from.contains(&s)));
    if dossier.fee_state == "owed" && open {
        return Ok(());
    }
    let block = Block {
        code: "no_fee_due",
        vi: "Hồ sơ này không có khoản phí, lệ phí nào đang phải nộp.".into(),
        en: "No fee of this dossier is due now.".into(),
        legal_basis: None,
    };
    Err(refused(dossier, block))
}
