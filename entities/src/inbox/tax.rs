//! Land tax of a dossier as the portal tells it: what is owed, and the receipts that pay it (wire.md §1.9.4).

use super::flags::NewFlag;
use super::messages::cut;
use super::{Comes, ToldPaper, finding};
use crate::columns::json_of;
use crate::dossiers::Door;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers::Model as Dossier;
use crate::tables::tax_notices::{Column, Entity, Model};
use crate::tables::tax_receipts;
use crate::writing::Batch;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;

/// A line of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldNotice {
    /// Our dossier code or the portal's key.
    pub code: String,
    /// Tax number of the debtor.
    pub tax_number: String,
    /// Number of the notice.
    pub decision: String,
    /// Its day.
    pub decided_on: Option<NaiveDate>,
    /// What it is for.
    pub item: String,
    /// The sum in đồng.
    pub amount: i64,
}

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

/// What became of a line of a notice or of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// It counts now.
    New(Uuid),
    /// The same was told before.
    Known(Uuid),
    /// It does not fit what is known: kept and flagged.
    Flagged(Uuid),
    /// There is no such dossier.
    NoDossier,
}

impl Door<'_> {
    /// Keeps a line of a notice; another sum for the same line changes nothing and is flagged.
    pub async fn note_tax(&self, told: &ToldNotice) -> Result<Noted, Error> {
        let Some(dossier) = finding::locked_by_any_code(self.tx, &told.code).await? else {
            return Ok(Noted::NoDossier);
        };
        let (decision, item) = (cut(&told.decision, 100), cut(&told.item, 400));
        let lines = of_dossier(self.tx, dossier.id).await?;
        match lines.iter().find(|line| line.decision == decision && line.item == item) {
            Some(line) if line.amount == told.amount => return Ok(Noted::Known(dossier.id)),
            Some(_) => return self.flag_tax(&dossier, differs(&decision)).await,
            None => {}
        }
        let id = Uuid::now_v7();
        let row = Model {
            id,
            dossier_id: dossier.id,
            decision,
            decided_on: told.decided_on,
            item,
            amount: told.amount,
            tax_number_sealed: self.sealer.seal(&notice_owner(id), &told.tax_number)?,
            state: "due".into(),
            receipt_id: None,
            paid_at: None,
            told_at: self.at,
        };
        Entity::insert(row.into_active_model()).exec_without_returning(self.tx).await?;
        Ok(Noted::New(dossier.id))
    }

    /// Keeps a receipt; when dossier, notice and sum fit, what was due is paid. Otherwise it is flagged.
    pub async fn note_tax_receipt(&self, told: &ToldReceipt, message: Uuid) -> Result<Noted, Error> {
        let Some(dossier) = finding::locked_by_any_code(self.tx, &told.code).await? else {
            return Ok(Noted::NoDossier);
        };
        let notice = cut(&told.notice, 100);
        let lines = of_dossier(self.tx, dossier.id).await?;
        let named = lines.iter().filter(|line| line.decision == notice);
        let due: Vec<&Model> = named.filter(|line| line.state == "due").collect();
        let pays = if told.paid { settled_by(&due, told.amount) } else { Vec::new() };
        if pays.is_empty() && self.is_paid_so(dossier.id, &notice, told.amount).await? {
            return Ok(Noted::Known(dossier.id));
        }
        let id = self.keep_receipt(&dossier, told, (&notice, !pays.is_empty()), message).await?;
        if pays.is_empty() {
            return self.flag_tax(&dossier, unmatched(&notice, told.paid)).await;
        }
        Entity::update_many()
            .col_expr(Column::State, Expr::value("paid"))
            .col_expr(Column::ReceiptId, Expr::value(id))
            .col_expr(Column::PaidAt, Expr::value(told.paid_at.unwrap_or(self.at)))
            .filter(Column::Id.is_in(pays))
            .exec(self.tx)
            .await?;
        Ok(Noted::New(dossier.id))
    }

    async fn keep_receipt(
        &self,
        dossier: &Dossier,
        told: &ToldReceipt,
        (notice, matched): (&str, bool),
        message: Uuid,
    ) -> Result<Uuid, Error> {
        let id = Uuid::now_v7();
        let said = json_of(&json!({"payer": told.payer, "content": told.content}))?;
        let mut batch = Batch::default();
        batch.insert(tax_receipts::Model {
            id,
            dossier_id: dossier.id,
            notice: notice.into(),
            amount: told.amount,
            matched,
            told_sealed: self.sealer.seal(&receipt_owner(id), &said)?,
            file_id: None,
            paid_at: told.paid_at,
            told_at: self.at,
        });
        if let Some(link) = &told.link {
            let name = format!("Chứng từ nộp thuế {notice}");
            let paper = ToldPaper { name, component: None, comes: Comes::Behind(link.clone()) };
            let coming = self.coming(dossier, message, ("tax_receipt", Some(id)), &paper, link)?;
            self.fetch(&mut batch, dossier, coming)?;
        }
        batch.write(self.tx).await?;
        Ok(id)
    }

    async fn is_paid_so(&self, dossier: Uuid, notice: &str, amount: i64) -> Result<bool, Error> {
        use tax_receipts::Column as Receipt;
        let same = tax_receipts::Entity::find().filter(Receipt::DossierId.eq(dossier));
        let same = same.filter(Receipt::Notice.eq(notice)).filter(Receipt::Amount.eq(amount));
        Ok(same.one(self.tx).await?.is_some())
    }

    async fn flag_tax(&self, dossier: &Dossier, flag: NewFlag) -> Result<Noted, Error> {
        let mut batch = Batch::default();
        self.flag(&mut batch, dossier, flag)?;
        batch.write(self.tx).await?;
        Ok(Noted::Flagged(dossier.id))
    }
}

/// The lines that a sum pays: all that are due, or the one of that sum.
fn settled_by(due: &[&Model], amount: i64) -> Vec<Uuid> {
    let all: i64 = due.iter().map(|line| line.amount).sum();
    if !due.is_empty() && all == amount {
        return due.iter().map(|line| line.id).collect();
    }
    let mut of_that_sum = due.iter().filter(|line| line.amount == amount);
    match (of_that_sum.next(), of_that_sum.next()) {
        (Some(line), None) => vec![line.id],
        _ => Vec::new(),
    }
}

/// What was told of the land tax of a dossier, oldest first.
pub async fn of_dossier<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(Column::Id).all(db).await?)
}

/// The receipts of a dossier, oldest first, those that fit no notice too.
pub async fn receipts<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<tax_receipts::Model>, Error> {
    let rows = tax_receipts::Entity::find().filter(tax_receipts::Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(tax_receipts::Column::Id).all(db).await?)
}

/// The tax number of the debtor, opened.
pub fn tax_number(sealer: &Sealer, row: &Model) -> Result<String, Error> {
    sealer.open(&notice_owner(row.id), &row.tax_number_sealed)
}

fn differs(decision: &str) -> NewFlag {
    let vi = format!("Cổng báo lại thông báo thuế {decision} với số tiền khác; số đã ghi không bị thay đổi.");
    let en =
        format!("The portal told another sum for the tax notice {decision}; the one on record was kept.");
    NewFlag::new("tax_differs", &vi, &en)
}

fn unmatched(notice: &str, paid: bool) -> NewFlag {
    if !paid {
        let vi = format!("Cổng báo chứng từ thuế {notice} chưa thanh toán.");
        return NewFlag::new(
            "tax_unpaid",
            &vi,
            &format!("The portal says that the tax notice {notice} is not paid."),
        );
    }
    let vi =
        format!("Chứng từ thuế {notice} không khớp số tiền hoặc thông báo nào của hồ sơ; hãy đối chiếu.");
    let en = format!("The tax receipt {notice} fits no notice of the dossier, or not its sum; compare them.");
    NewFlag::new("tax_receipt_unmatched", &vi, &en)
}

fn notice_owner(id: Uuid) -> String {
    format!("tax_notice:{id}")
}

fn receipt_owner(id: Uuid) -> String {
    format!("tax_receipt:{id}")
}
