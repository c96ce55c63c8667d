//! Codes for transfers to the unit's account: one for each account, with the sum and a reference in them (law.md §4.4).

use super::accounts::{self, Account};
use super::opening::{payable, refused};
use super::shares::phi_of;
use crate::error::Error;
use crate::tables::dossiers;
use chrono::{DateTime, Utc};
use rules::codes::vietqr;
use rules::fees::FeeKind;
use rules::local_time::local_date;
use rules::refusal::Block;
use sea_orm::ConnectionTrait;

/// One transfer that pays the fee or a kind of it. It is not an online payment, and never paid before the accountant
/// has seen it on the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferCode {
    /// What it pays; the whole fee when absent.
    pub kind: Option<FeeKind>,
    /// Sum in đồng.
    pub amount: i64,
    /// What the bank is told it is for, with the short reference of the dossier.
    pub purpose: String,
    /// The text of the square code.
    pub text: String,
    /// Where the money goes.
    pub account: Account,
}

/// The codes of a dossier. Refused when nothing is due, or no account is recorded.
pub async fn codes<C: ConnectionTrait>(
    db: &C,
    dossier: &dossiers::Model,
    office: Option<&Account>,
    at: DateTime<Utc>,
) -> Result<Vec<TransferCode>, Error> {
    payable(dossier)?;
    let phi = phi_of(dossier)?;
    let sums = (phi, dossier.fee_total - phi);
    let parts = accounts::split(db, (dossier.authority_id, local_date(at)), sums, office).await?;
    if parts.is_empty() {
        return Err(no_account(dossier));
    }
    parts.into_iter().map(|part| code(dossier, part)).collect()
}

fn code(dossier: &dossiers::Model, (account, amount): (Account, i64)) -> Result<TransferCode, Error> {
    let word = match account.kind {
        None => "TT",
        Some(FeeKind::Phi) => "PHI",
        Some(FeeKind::LePhi) => "LPHI",
    };
    let purpose = format!("{word} HS {}", short_reference(&dossier.code));
    let text = vietqr::transfer(&account.bank_bin, &account.number, Some(amount), &purpose);
    let text = text.map_err(|why| Error::damaged("transfer code", why))?;
    Ok(TransferCode { kind: account.kind, amount, purpose, text, account })
}

/// A dossier code as banks carry it: capital letters and digits alone.
pub fn short_reference(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

fn no_account(dossier: &dossiers::Model) -> Error {
    let block = Block {
        code: "no_account",
        vi: "Đơn vị chưa khai báo tài khoản nhận chuyển khoản.".into(),
        en: "No account for transfers is recorded for this unit.".into(),
        legal_basis: None,
    };
    refused(dossier, block)
}
