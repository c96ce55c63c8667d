//! The accounts fees go to: of a unit, phí and lệ phí apart or together, else the office's own (F-01, F-03).

use super::words::{missing, unfit};
use crate::columns::{from_key, key_of};
use crate::dossiers::Door;
use crate::error::Error;
use crate::tables::unit_accounts::{Column, Entity, Model};
use chrono::NaiveDate;
use rules::codes::vietqr;
use rules::fees::FeeKind;
use rules::refusal::Violation;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

/// A bank account as a payer needs it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Key of the row; none for the office's own.
    pub id: Option<Uuid>,
    /// What goes there; both when absent.
    pub kind: Option<FeeKind>,
    /// Six digits of the bank in the NAPAS network.
    pub bank_bin: String,
    /// Name of the bank.
    pub bank_name: String,
    /// Number of the account.
    pub number: String,
    /// Its owner, for the payer to compare.
    pub holder: String,
}

/// An account that is to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Unit that takes money on it.
    pub unit: Uuid,
    /// The account.
    pub account: Account,
    /// First local day.
    pub valid_from: NaiveDate,
}

impl Door<'_> {
    /// Records an account of a unit; from its first day on it takes the place of the one of the same kind.
    pub async fn record_account(&self, new: &NewAccount) -> Result<Model, Error> {
        let wrong = violations(&new.account);
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let account = new.account.clone();
        let row = Model {
            id: Uuid::now_v7(),
            unit_id: new.unit,
            kind: account.kind.as_ref().map(key_of).transpose()?,
            bank_bin: account.bank_bin,
            bank_name: account.bank_name.trim().into(),
            number: account.number,
            holder: account.holder.trim().into(),
            valid_from: new.valid_from,
            recorded_by: self.by.subject.clone(),
            recorded_name: self.by.name.clone(),
            recorded_at: self.at,
        };
        Entity::insert(row.clone().into_active_model()).exec_without_returning(self.tx).await?;
        Ok(row)
    }
}

fn violations(account: &Account) -> Vec<Violation> {
    let mut wrong = missing("/holder", &account.holder, 200);
    wrong.extend(unfit([("/bank_name", account.bank_name.as_str(), 200)]));
    if vietqr::transfer(&account.bank_bin, &account.number, None, "").is_err() {
        wrong.push(Violation {
            pointer: "/number".into(),
            code: "account_invalid",
            vi: "Mã BIN ngân hàng phải có 6 chữ số, số tài khoản 1 đến 19 chữ và số.".into(),
            en: "The BIN of the bank has 6 digits, the account 1 to 19 letters and digits.".into(),
        });
    }
    wrong
}

/// Every account of a unit that was ever recorded, newest first.
pub async fn recorded<C: ConnectionTrait>(db: &C, unit: Uuid) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().filter(Column::UnitId.eq(unit)).order_by_desc(Column::Id).all(db).await?)
}

/// An account by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("account"))
}

/// Where these sums go on a day: to the account of each kind, else to the one for both, else to `fallback`.
pub async fn split<C: ConnectionTrait>(
    db: &C,
    (unit, day): (Uuid, NaiveDate),
    (phi, le_phi): (i64, i64),
    fallback: Option<&Account>,
) -> Result<Vec<(Account, i64)>, Error> {
    let mut rows = recorded(db, unit).await?;
    rows.retain(|row| row.valid_from <= day);
    rows.sort_by_key(|row| std::cmp::Reverse((row.valid_from, row.id)));
    let newest = |kind: Option<&str>| rows.iter().find(|row| row.kind.as_deref() == kind);
    let apart = [(Some("phi"), phi), (Some("le_phi"), le_phi)].into_iter().filter(|(_, sum)| *sum > 0);
    let apart: Option<Vec<(&Model, i64)>> = apart.map(|(kind, sum)| Some((newest(kind)?, sum))).collect();
    if let Some(apart) = apart.filter(|parts| !parts.is_empty()) {
        return apart.into_iter().map(|(row, sum)| Ok((of(row)?, sum))).collect();
    }
    let together = newest(None).map(of).transpose()?.or_else(|| fallback.cloned());
    Ok(together.into_iter().map(|account| (account, phi + le_phi)).collect())
}

/// The account of a row.
pub fn of(row: &Model) -> Result<Account, Error> {
    Ok(Account {
        id: Some(row.id),
        kind: row.kind.as_deref().map(|kind| from_key("unit_accounts.kind", kind)).transpose()?,
        bank_bin: row.bank_bin.clone(),
        bank_name: row.bank_name.clone(),
        number: row.number.clone(),
        holder: row.holder.clone(),
    })
}
