//! What is to be paid for a dossier, as the national portal's payment page asks for it; the connector writes its words.

use super::accounts::{self, Account};
use super::opening::payable;
use super::payer::Payer;
use super::shares::{phi_of, quote_of};
use crate::catalogue::Catalogue;
use crate::dossiers::reading;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers;
use chrono::{DateTime, Utc};
use rules::fees::FeeKind;
use rules::local_time::local_date;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// A bill: everything owed for one dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// The dossier.
    pub dossier: Uuid,
    /// Its national code.
    pub dossier_code: String,
    /// National code of the procedure.
    pub procedure_code: String,
    /// Its name in Vietnamese.
    pub procedure_name: String,
    /// Electronic identifier of the unit that collects.
    pub unit_code: String,
    /// Its name.
    pub unit_name: String,
    /// Who owes it.
    pub payer: Payer,
    /// The charges, phí and lệ phí apart; none of 0 đồng.
    pub lines: Vec<BillLine>,
    /// Their sum in đồng.
    pub amount: i64,
    /// Where the money goes, with how much; more than one where phí and lệ phí have accounts of their own.
    pub accounts: Vec<(Account, i64)>,
}

/// One charge of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillLine {
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// Code of the charge.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Sum in đồng.
    pub amount: i64,
}

/// The bill of a dossier; none when nothing is due now. `office` is the account for units without one.
pub async fn bill<C: ConnectionTrait>(
    db: &C,
    (catalogue, sealer): (&Catalogue, &Sealer),
    dossier: &dossiers::Model,
    office: Option<&Account>,
    at: DateTime<Utc>,
) -> Result<Option<Bill>, Error> {
    if payable(dossier).is_err() {
        return Ok(None);
    }
    let revised = catalogue.revision(db, dossier.revision_id).await?;
    let unit = catalogue.unit(db, dossier.authority_id, at).await?;
    let day = local_date(at);
    let applicant = reading::applicant(sealer, dossier)?;
    let phi = phi_of(dossier)?;
    let sums = (phi, dossier.fee_total - phi);
    Ok(Some(Bill {
        dossier: dossier.id,
        dossier_code: dossier.code.clone(),
        procedure_code: revised.national_code.clone(),
        procedure_name: revised.content.name.clone(),
        unit_code: unit.code_on(day).to_owned(),
        unit_name: unit.row.name.clone(),
        payer: Payer {
            identity_number: applicant.number().map(str::to_owned),
            address: applicant.address.as_ref().map(|address| address.one_line()),
            name: applicant.name,
        },
        lines: lines(dossier)?,
        amount: dossier.fee_total,
        accounts: accounts::split(db, (dossier.authority_id, day), sums, office).await?,
    }))
}

/// What is asked of a dossier, line by line, without what is free.
pub fn lines(dossier: &dossiers::Model) -> Result<Vec<BillLine>, Error> {
    let asked = quote_of(dossier)?.lines.into_iter().filter(|line| line.amount > 0);
    let lines =
        asked.map(|line| BillLine { kind: line.kind, code: line.code, name: line.name, amount: line.amount });
    Ok(lines.collect())
}
