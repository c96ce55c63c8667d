//! Receipts of land tax: what they pay is paid, whichever is told first, the notice or the receipt (wire.md §1.9.4).

use super::flags::NewFlag;
use super::messages::cut;
use super::tax::{Noted, of_dossier};
use super::{Comes, ToldPaper, finding};
use crate::columns::{from_json, json_of};
use crate::dossiers::Door;
use crate::error::Error;
use crate::tables::dossiers::Model as Dossier;
use crate::tables::tax_notices;
use crate::tables::tax_receipts::{Column, Entity, Model};
use crate::writing::Batch;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldReceipt {
    /// Our dossier code or the portal's key.
    pub code: String,
    /// Number of the notice.
    pub notice: String,
    /// Who paid.
    pub payer: String,
    /// When.
    pub paid_at: Option<DateTime<Utc>>,
    /// The sum in đồng.
    pub amount: i64,
    /// What for.
    pub content: String,
    /// The portal says that it is paid.
    pub paid: bool,
    /// Where the receipt can be fetched.
    pub link: Option<String>,
}

/// What is kept sealed of a receipt.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    payer: String,
    content: String,
    link: Option<String>,
}

impl Door<'_> {
    /// Keeps a receipt; when dossier, notice and sum fit, what was due is paid. Otherwise it is flagged.
    ///
    /// The very same is known. One that differs from an earlier one by nothing but its link pays nothing: a person has
    /// to see whether it is that one again.
    pub async fn note_tax_receipt(&self, told: &ToldReceipt, message: Uuid) -> Result<Noted, Error> {
        let Some(dossier) = finding::locked_by_any_code(self.tx, &told.code).await? else {
            return Ok(Noted::NoDossier);
        };
        let notice = cut(&told.notice, 100);
        let alike = self.alike(dossier.id, &notice, told).await?;
        if alike.contains(&told.link) {
            return Ok(Noted::Known(dossier.id));
        }
        let due = self.due(dossier.id, &notice).await?;
        let pays = if told.paid && alike.is_empty() { settled_by(&due, told.amount) } else { Vec::new() };
        let receipt = self.keep_receipt(&dossier, told, (&notice, !pays.is_empty()), message).await?;
        if pays.is_empty() {
            let mut flag = unmatched(&notice, told.paid);
            flag.subject = Some(receipt.id);
            return self.flag_tax(&dossier, flag).await;
        }
        self.pay(pays, &receipt).await?;
        Ok(Noted::New(dossier.id))
    }

    /// Pays the lines of a notice by the receipts that were told before it, oldest first.
    pub(super) async fn match_receipts(&self, dossier: Uuid, notice: &str) -> Result<(), Error> {
        let told = receipts(self.tx, dossier).await?;
        let told: Vec<Model> = told.into_iter().filter(|row| row.paid && row.notice == notice).collect();
        let mut seen = BTreeSet::new();
        for receipt in told {
            // What may be an earlier one again is left to a person.
            let first = seen.insert((receipt.amount, receipt.paid_at));
            let pays = settled_by(&self.due(dossier, notice).await?, receipt.amount);
            if receipt.matched || !first || pays.is_empty() {
                continue;
            }
            self.pay(pays, &receipt).await?;
            let matched = Entity::update_many().col_expr(Column::Matched, Expr::value(true));
            matched.filter(Column::Id.eq(receipt.id)).exec(self.tx).await?;
            self.settle_flags_of(receipt.id).await?;
        }
        Ok(())
    }

    /// The links of receipts that say the same as this one.
    async fn alike(
        &self,
        dossier: Uuid,
        notice: &str,
        told: &ToldReceipt,
    ) -> Result<Vec<Option<String>>, Error> {
        let same = Entity::find().filter(Column::DossierId.eq(dossier)).filter(Column::Notice.eq(notice));
        let same = same.filter(Column::Amount.eq(told.amount)).filter(Column::Paid.eq(told.paid));
        let mut links = Vec::new();
        for row in same.all(self.tx).await?.into_iter().filter(|row| row.paid_at == told.paid_at) {
            let opened = self.sealer.open(&receipt_owner(row.id), &row.told_sealed)?;
            let said: Said = from_json("tax_receipts.told", &opened)?;
            if said.payer == told.payer && said.content == told.content {
                links.push(said.link);
            }
        }
        Ok(links)
    }

    async fn due(&self, dossier: Uuid, notice: &str) -> Result<Vec<tax_notices::Model>, Error> {
        let mut lines = of_dossier(self.tx, dossier).await?;
        lines.retain(|line| line.decision == notice && line.state == "due");
        Ok(lines)
    }

    async fn pay(&self, lines: Vec<Uuid>, receipt: &Model) -> Result<(), Error> {
        use tax_notices::Column as Line;
        tax_notices::Entity::update_many()
            .col_expr(Line::State, Expr::value("paid"))
            .col_expr(Line::ReceiptId, Expr::value(receipt.id))
            .col_expr(Line::PaidAt, Expr::value(receipt.paid_at.unwrap_or(receipt.told_at)))
            .filter(Line::Id.is_in(lines))
            .exec(self.tx)
            .await?;
        Ok(())
    }

    async fn keep_receipt(
        &self,
        dossier: &Dossier,
        told: &ToldReceipt,
        (notice, matched): (&str, bool),
        message: Uuid,
    ) -> Result<Model, Error> {
        let id = Uuid::now_v7();
        let ToldReceipt { payer, content, link, .. } = told.clone();
        let row = Model {
            id,
            dossier_id: dossier.id,
            notice: notice.into(),
            amount: told.amount,
            paid: told.paid,
            matched,
            told_sealed: self.sealer.seal(&receipt_owner(id), &json_of(&Said { payer, content, link })?)?,
            file_id: None,
            paid_at: told.paid_at,
            told_at: self.at,
        };
        let mut batch = Batch::default();
        batch.insert(row.clone());
        if let Some(link) = &told.link {
            let name = format!("Chứng từ nộp thuế {notice}");
            let paper = ToldPaper { name, component: None, comes: Comes::Behind(link.clone()) };
            let coming = self.coming(dossier, message, ("tax_receipt", Some(id)), &paper, link)?;
            self.fetch(&mut batch, dossier, coming)?;
        }
        batch.write(self.tx).await?;
        Ok(row)
    }
}

/// The lines that a sum pays: all that are due, or the first of that sum.
fn settled_by(due: &[tax_notices::Model], amount: i64) -> Vec<Uuid> {
    let all: i64 = due.iter().map(|line| line.amount).sum();
    if all == amount {
        return due.iter().map(|line| line.id).collect();
    }
    due.iter().find(|line| line.amount == amount).map(|line| line.id).into_iter().collect()
}

/// The receipts of a dossier, oldest first, those that fit no notice too.
pub async fn receipts<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(Column::Id).all(db).await?)
}

fn unmatched(notice: &str, paid: bool) -> NewFlag {
    if !paid {
        let vi = format!("Cổng báo chứng từ thuế {notice} chưa thanh toán.");
        let en = format!("The portal says that the tax notice {notice} is not paid.");
        return NewFlag::new("tax_unpaid", &vi, &en);
    }
    let vi =
        format!("Chứng từ thuế {notice} không khớp số tiền hoặc thông báo nào của hồ sơ; hãy đối chiếu.");
    let en = format!("The tax receipt {notice} fits no notice of the dossier, or not its sum; compare them.");
    NewFlag::new("tax_receipt_unmatched", &vi, &en)
}

fn receipt_owner(id: Uuid) -> String {
    format!("tax_receipt:{id}")
}
