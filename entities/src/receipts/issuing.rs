//! Making out the receipts of a payment in its own transaction: phí and lệ phí apart, each with the next number (F-11, F-16, F-17).

use super::series::in_force;
use crate::columns::{json_of, key_of};
use crate::dossiers::{Door, series};
use crate::error::Error;
use crate::payments::bill::lines;
use crate::payments::desk::PaymentWay;
use crate::payments::payer::{self, Payer};
use crate::payments::shares::share;
use crate::tables::receipts::{Column, Entity, Model};
use crate::tables::{dossiers, payments, receipt_series};
use chrono::{DateTime, Utc};
use rules::fees::FeeKind;
use rules::fees::receipts::{Medium, last_number, year};
use rules::local_time::local_date;
use rules::refusal::{Block, Refusal};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A charge as the receipt names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptLine {
    /// Code of the charge.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Đồng.
    pub amount: i64,
}

impl Door<'_> {
    /// Makes out the receipts of a paid payment that it has not yet; gives the kinds for which the unit has no series; the
    /// payment is then in the list of those without a receipt.
    ///
    /// The number is taken in this transaction: when it fails, the number is given to the next.
    pub(crate) async fn issue_receipts(
        &self,
        payment: &payments::Model,
        dossier: &dossiers::Model,
    ) -> Result<Vec<FeeKind>, Error> {
        let day = local_date(self.at);
        let known = Entity::find().filter(Column::PaymentId.eq(payment.id)).all(self.tx).await?;
        let mut without = Vec::new();
        for kind in FeeKind::ALL {
            let key = key_of(&kind)?;
            let there = known.iter().any(|row| row.kind == key && row.state == "issued");
            if share(payment, kind) <= 0 || there {
                continue;
            }
            match in_force(self.tx, payment.unit_id, (kind, Medium::Electronic), day).await? {
                None => without.push(kind),
                Some(series) => self.issue_one(payment, dossier, (kind, &series)).await?,
            }
        }
        let due = (!without.is_empty()).then_some(self.at);
        if due.is_some() != payment.receipt_due_at.is_some() {
            self.mark_due(payment.id, due).await?;
        }
        Ok(without)
    }

    /// Says since when a paid payment waits for a receipt, or that it has them all.
    pub(crate) async fn mark_due(&self, payment: Uuid, since: Option<DateTime<Utc>>) -> Result<(), Error> {
        payments::Entity::update_many()
            .col_expr(payments::Column::ReceiptDueAt, Expr::value(since))
            .filter(payments::Column::Id.eq(payment))
            .exec(self.tx)
            .await?;
        Ok(())
    }

    async fn issue_one(
        &self,
        payment: &payments::Model,
        dossier: &dossiers::Model,
        (kind, series): (FeeKind, &receipt_series::Model),
    ) -> Result<(), Error> {
        let charges = lines(dossier)?.into_iter().filter(|line| line.kind == kind);
        let charges =
            charges.map(|line| ReceiptLine { code: line.code, name: line.name, amount: line.amount });
        let payer = payer::of(self.sealer, payment, dossier)?;
        let row = Model {
            id: Uuid::now_v7(),
            series_id: series.id,
            year: 0,
            number: 0,
            unit_id: payment.unit_id,
            kind: key_of(&kind)?,
            payment_id: payment.id,
            dossier_id: dossier.id,
            way: PaymentWay::of(&payment.platform).key().into(),
            amount: share(payment, kind),
            lines: json_of(&charges.collect::<Vec<_>>())?,
            payer_sealed: String::new(),
            day: local_date(self.at),
            issued_by: String::new(),
            issued_name: String::new(),
            issued_at: self.at,
            state: "issued".into(),
            replaces: None,
            cancelled_by: None,
            cancelled_name: None,
            cancelled_at: None,
            cancel_reason_sealed: None,
            version: 1,
        };
        self.number_and_keep(row, series, &payer).await?;
        Ok(())
    }

    /// Signs a receipt, gives it the next number of its series and year, and writes it.
    pub(super) async fn number_and_keep(
        &self,
        mut row: Model,
        of: &receipt_series::Model,
        payer: &Payer,
    ) -> Result<Model, Error> {
        let day = local_date(self.at);
        row.payer_sealed = payer.sealed(self.sealer, row.id)?;
        (row.issued_by, row.issued_name) = (self.by.subject.clone(), self.by.name.clone());
        (row.issued_at, row.day, row.series_id, row.year) = (self.at, day, of.id, year(day));
        let number = series::next(self.tx, &format!("receipt:{}:{}", of.id, row.year)).await?;
        if number > last_number(day) {
            return Err(full(of));
        }
        row.number = i32::try_from(number).map_err(|e| Error::damaged("receipts.number", e))?;
        Entity::insert(row.clone().into_active_model()).exec_without_returning(self.tx).await?;
        Ok(row)
    }
}

fn full(series: &receipt_series::Model) -> Error {
    let block = Block {
        code: "receipt_series_full",
        vi: format!("Ký hiệu {} đã hết số trong năm; hãy mở ký hiệu mới.", series.series_code),
        en: format!("Series {} has no number left this year; open another one.", series.series_code),
        legal_basis: Some("NĐ 254/2026 Đ23.2"),
    };
    Refusal { act: "issue_receipt", status: None, blocked_by: vec![block], allowed: Vec::new() }.into()
}
