//! Comparing with the list of a bank that somebody brings.

use super::StatementView;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use chrono::{NaiveDate, TimeDelta};
use entities::Error;
use entities::payments::accounts;
use entities::statements::comparing::Source;
use entities::statements::importing::{Columns, movements};
use entities::statements::reading::{references, sees};
use entities::tables::unit_accounts;
use rules::actor::{Actor, Role};
use rules::fees::statements::Movement;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Days for which a dossier may have been quiet and its transfer still be told from what the payer wrote.
const QUIET: i64 = 365;

/// The list of a bank for an account and a day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewStatement {
    /// Key of the account.
    account: Uuid,
    /// Local day.
    #[schema(example = "2026-03-10")]
    day: NaiveDate,
    /// The sheet as the bank gives it: a first line with the names of the columns; comma, semicolon or tab between cells.
    #[schema(max_length = 900_000)]
    sheet: String,
    /// Which column says what.
    columns: StatementColumns,
}

/// Names of the columns in the first line.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatementColumns {
    /// The bank's number of the transaction.
    #[schema(example = "Số giao dịch")]
    transaction: String,
    /// The sum in whole đồng; negative for money that went out.
    #[schema(example = "Số tiền")]
    amount: String,
    /// What the payer wrote, with our short reference in it; the rest of it is not kept.
    #[schema(example = "Nội dung")]
    purpose: String,
}

/// Compare with the list of a bank
///
/// By finance of the unit whose account it is. Each line is matched with a confirmed transfer by the number of the
/// transaction, else by the reference in what the payer wrote; whatever does not fit becomes a difference. A list brought
/// again for the day takes the place of the one before, whose open differences are closed.
#[utoipa::path(
    tag = "payments",
    params(("Idempotency-Key" = String, Header, description = "A new key for each statement")),
    request_body(content = NewStatement, example = json!({"account": "0194f3c0-0000-7000-8000-000000000010", "day": "2026-03-10",
        "sheet": "Số giao dịch,Số tiền,Nội dung\nFT26069000123,12000,TT HS H551012603100001\n",
        "columns": {"transaction": "Số giao dịch", "amount": "Số tiền", "purpose": "Nội dung"}})),
    responses((status = 201, body = StatementView, description = "Compared"))
)]
#[post("/v1/statements")]
pub(crate) async fn compare_bank_statement(
    office: web::Data<Office>,
    ask: Ask<NewStatement>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let trace = facts.trace.traceparent();
    let (account, theirs) = matched(&office, &facts.actor, &body).await?;
    let source = Source::Account(account);
    office
        .once(&facts, async |tx, at| {
            let door = facts.door(&office, tx, at, &trace);
            let row = door.compare_statement(&source, body.day, &theirs).await?;
            Answer::created(format!("/v1/statements/{}", row.id), &StatementView::from(row))
        })
        .await
}

/// The account and the movements of the sheet; looked for before the transaction, for a sheet is long.
async fn matched(
    office: &Office,
    by: &Actor,
    body: &NewStatement,
) -> Result<(unit_accounts::Model, Vec<Movement>), Problem> {
    let db = office.db.reader();
    let account = accounts::by_id(db, body.account).await?;
    if !sees(by, account.unit_id) {
        return Err(Error::NotFound("account").into());
    }
    if !by.is_at(Role::Finance, account.unit_id) {
        return Err(Code::Forbidden.into());
    }
    let known = references(db, &account, office.clock.now() - TimeDelta::days(QUIET)).await?;
    let theirs = movements(&body.sheet, &body.columns.named(), &known).map_err(Problem::invalid)?;
    Ok((account, theirs))
}

impl StatementColumns {
    fn named(&self) -> Columns {
        Columns {
            transaction: self.transaction.clone(),
            amount: self.amount.clone(),
            purpose: self.purpose.clone(),
        }
    }
}
