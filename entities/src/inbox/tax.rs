//! Land tax of a dossier as the portal tells it: what is owed (wire.md §1.9.4).

use super::finding;
use super::flags::NewFlag;
use super::messages::cut;
use crate::dossiers::Door;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers::Model as Dossier;
use crate::tables::tax_notices::{Column, Entity, Model};
use crate::writing::Batch;
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use std::collections::BTreeSet;
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
    /// Keeps the lines of notices; what was paid before its notice was told is paid as soon as all of them are here.
    pub async fn note_taxes(&self, told: &[ToldNotice]) -> Result<Vec<Noted>, Error> {
        let (mut noted, mut new) = (Vec::with_capacity(told.len()), BTreeSet::new());
        for line in told {
            let one = self.note_tax(line).await?;
            if let Noted::New(dossier) = one {
                new.insert((dossier, cut(&line.decision, 100)));
            }
            noted.push(one);
        }
        for (dossier, decision) in new {
            self.match_receipts(dossier, &decision).await?;
        }
        Ok(noted)
    }

    /// Keeps a line of a notice; another sum for the same line changes nothing and is flagged.
    async fn note_tax(&self, told: &ToldNotice) -> Result<Noted, Error> {
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

    pub(super) async fn flag_tax(&self, dossier: &Dossier, flag: NewFlag) -> Result<Noted, Error> {
        let mut batch = Batch::default();
        self.flag(&mut batch, dossier, flag)?;
        batch.write(self.tx).await?;
        Ok(Noted::Flagged(dossier.id))
    }
}

/// What was told of the land tax of a dossier, oldest first.
pub async fn of_dossier<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(Column::Id).all(db).await?)
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

fn notice_owner(id: Uuid) -> String {
    format!("tax_notice:{id}")
}
