//! A receipt that is wrong stays, cancelled with its reason; another number stands for it where money was taken (F-16).

use super::reading;
use super::series::{by_id, in_force, only_finance, said};
use crate::columns::from_key;
use crate::dossiers::Door;
use crate::error::Error;
use crate::payments::by_id as payment_by_id;
use crate::payments::payer::{self, Payer};
use crate::refunds::reading::paid_out;
use crate::tables::receipts::{Entity, Model};
use rules::access::{Sight, money_sight};
use rules::fees::receipts::Medium;
use rules::local_time::local_date;
use rules::refusal::{Block, Refusal};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};
use uuid::Uuid;

/// Why a receipt is cancelled, and what stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    /// Why, in words.
    pub reason: String,
    /// Make out another one in its place.
    pub replace: bool,
    /// Who the new one names; the same payer when absent.
    pub payer: Option<Payer>,
}

impl Door<'_> {
    /// Cancels a receipt, and replaces it where asked; gives both. By finance of the unit; not found for others.
    ///
    /// `expected` is the version the person saw.
    pub async fn cancel_receipt(
        &self,
        id: Uuid,
        expected: Option<i32>,
        why: &Cancellation,
    ) -> Result<(Model, Option<Model>), Error> {
        let before = Entity::find_by_id(id).lock_exclusive().one(self.tx).await?;
        let before = before.filter(|row| money_sight(self.by, row.unit_id) > Sight::None);
        let before = before.ok_or(Error::NotFound("receipt"))?;
        if expected.is_some_and(|version| version != before.version) {
            return Err(Error::Stale);
        }
        only_finance(self, before.unit_id, "cancel_receipt")?;
        if before.state != "issued" {
            return Err(cancelled_before());
        }
        let mut after = before.clone();
        after.state = "cancelled".into();
        after.version += 1;
        after.cancelled_by = Some(self.by.subject.clone());
        after.cancelled_name = Some(self.by.name.clone());
        after.cancelled_at = Some(self.at);
        after.cancel_reason_sealed = Some(self.sealer.seal(&reading::reason_of(id), why.reason.trim())?);
        after.clone().into_active_model().reset_all().update(self.tx).await?;
        if why.replace {
            return Ok((after, Some(self.replacement(&before, why).await?)));
        }
        self.owes_receipt(&before).await?;
        Ok((after, None))
    }

    /// Money that is still here after its receipt was cancelled waits for another one (F-11).
    async fn owes_receipt(&self, cancelled: &Model) -> Result<(), Error> {
        let payment = payment_by_id(self.tx, cancelled.payment_id).await?;
        let back = paid_out(self.tx, payment.dossier_id).await?;
        let back = back.iter().filter(|(of, _)| *of == payment.id).map(|(_, amount)| amount).sum::<i64>();
        if payment.state == "paid" && payment.receipt_due_at.is_none() && back < payment.amount {
            self.mark_due(payment.id, Some(self.at)).await?;
        }
        Ok(())
    }

    /// The same money under the next number of the series in force today.
    async fn replacement(&self, before: &Model, why: &Cancellation) -> Result<Model, Error> {
        let kind = from_key("receipts.kind", &before.kind)?;
        let day = local_date(self.at);
        let series = in_force(self.tx, before.unit_id, (kind, Medium::Electronic), day).await?;
        let series = match series {
            Some(series) => series,
            None => by_id(self.tx, before.series_id).await.map_err(|_| no_series())?,
        };
        if series.last_day.is_some_and(|last| last < day) {
            return Err(no_series());
        }
        let known = payer::opened(self.sealer, before.id, &before.payer_sealed)?;
        let payer = why.payer.clone().unwrap_or(known);
        let row = Model { id: Uuid::now_v7(), replaces: Some(before.id), version: 1, ..before.clone() };
        self.number_and_keep(row, &series, &payer).await
    }

    /// Makes out the receipts that a paid payment has not yet, once a series is there. By finance of the unit.
    pub async fn issue_missing(&self, payment: Uuid) -> Result<Vec<Model>, Error> {
        let payment = payment_by_id(self.tx, payment).await?;
        if money_sight(self.by, payment.unit_id) == Sight::None {
            return Err(Error::NotFound("payment"));
        }
        only_finance(self, payment.unit_id, "issue_receipt")?;
        if payment.state != "paid" || payment.receipt.is_some() {
            return Err(nothing_to_issue());
        }
        let dossier = crate::dossiers::reading::by_id(self.tx, payment.dossier_id).await?;
        if !self.issue_receipts(&payment, &dossier).await?.is_empty() {
            return Err(no_series());
        }
        reading::of_payment(self.tx, payment.id).await
    }
}

fn no_series() -> Error {
    Error::Invalid(vec![said(
        "",
        "receipt_series_missing",
        "Đơn vị chưa mở ký hiệu biên lai điện tử cho loại thu này.",
        "The unit has no electronic series for this kind.",
    )])
}

fn cancelled_before() -> Error {
    refused(
        "cancel_receipt",
        "receipt_cancelled",
        "Biên lai đã bị hủy.",
        "The receipt has been cancelled already.",
    )
}

fn nothing_to_issue() -> Error {
    refused(
        "issue_receipt",
        "no_receipt_due",
        "Khoản này chưa nộp hoặc đã có biên lai.",
        "This payment is not paid, or has its receipt already.",
    )
}

fn refused(act: &'static str, code: &'static str, vi: &str, en: &str) -> Error {
    let block = Block { code, vi: vi.into(), en: en.into(), legal_basis: None };
    Refusal { act, status: None, blocked_by: vec![block], allowed: Vec::new() }.into()
}
