//! Transfers to the unit's account: claimed, then confirmed or rejected by the accountant.

use super::cash::hand_receipts;
use super::{PayerIn, PaymentView, payer_of};
use crate::catalogue::keys;
use crate::catalogue::listing::Listing;
use crate::dossiers::Reason;
use crate::identity::Asker;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use entities::dossiers::reading;
use entities::payments::claiming::{Confirmation, waiting};
use entities::payments::words::missing;
use entities::tables::payments::Model;
use rules::access::{Sight, Thing, knows};
use rules::fees::receipts::Medium;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// The claim that the fee was transferred.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTransferClaim {
    /// Number of the transaction, or how else the accountant finds it. A picture of a screen proves nothing.
    #[schema(max_length = 400, example = "FT26069000123, 10/03/2026")]
    reference: String,
    /// Who paid, when that is another person than the applicant.
    payer: Option<PayerIn>,
}

/// What the accountant found on the account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TransferConfirmation {
    /// The bank's number of the transaction; each is booked once.
    #[schema(max_length = 100, example = "FT26069000123")]
    bank_reference: String,
    /// Number of a receipt made out by hand; left out where the unit has electronic series.
    #[schema(max_length = 100, example = "00000012")]
    receipt_number: Option<String>,
    /// Number of the one for the lệ phí, where phí and lệ phí were both owed.
    #[schema(max_length = 100, example = "00000034")]
    le_phi_receipt_number: Option<String>,
    /// What that receipt is made out on; paper when absent.
    #[schema(value_type = Option<keys::ReceiptMedium>)]
    receipt_medium: Option<Medium>,
}

/// A page of claims.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimQuery {
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Claim a transfer
///
/// By the applicant or the desk. It waits for the accountant and moves nothing until the money has been seen.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("Idempotency-Key" = String, Header, description = "A new key for each claim")),
    request_body(content = NewTransferClaim, example = json!({"reference": "FT26069000123, 10/03/2026"})),
    responses((status = 201, body = PaymentView, description = "It waits"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/transfer-claims")]
pub(crate) async fn claim_transfer(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<NewTransferClaim>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let payer = payer_of(body.payer)?;
    said(missing("/reference", &body.reference, 400))?;
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let (_, sight) = reading::find(tx, &office.sealer, &facts.actor, *id).await?;
            if sight != Sight::Full {
                return Err(Code::Forbidden.into());
            }
            let door = facts.door(&office, tx, at, &trace);
            told(&office, door.claim_transfer(*id, &body.reference, payer.as_ref()).await?)
        })
        .await
}

/// List the transfers that wait
///
/// Oldest first, for finance of the units whose accounts they name.
#[utoipa::path(tag = "payments", params(ClaimQuery), responses((status = 200, body = Page<PaymentView>)))]
#[get("/v1/transfer-claims")]
pub(crate) async fn list_transfer_claims(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<ClaimQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !knows(&asker, Thing::CashDesk) {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let rows = waiting(office.db.reader(), &asker, (after, listing.rows())).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(PaymentView::of(row, &office.sealer)?))?;
    Ok(page.answer(listing.address()))
}

/// Confirm a transfer
///
/// By finance of the unit, who has seen the whole sum on the account: the fee is paid, and its receipts are made out. Money
/// that nobody owes any more goes to the refunds.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the payment"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = TransferConfirmation, example = json!({"bank_reference": "FT26069000123"})),
    responses((status = 201, body = PaymentView, description = "Confirmed"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/payments/{id}/confirmation")]
pub(crate) async fn confirm_transfer(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<TransferConfirmation>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    said(missing("/bank_reference", &body.bank_reference, 100))?;
    let numbers = (body.receipt_number, body.le_phi_receipt_number);
    let receipts = hand_receipts(numbers, body.receipt_medium);
    let seen = Confirmation { bank_reference: body.bank_reference, receipts };
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            told(&office, facts.door(&office, tx, at, &trace).confirm_transfer(*id, &seen).await?)
        })
        .await
}

/// Reject a transfer
///
/// By finance of the unit, who has not found the money; with the reason in words. Another claim may follow.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the payment"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Reason, example = json!({"reason": "Không thấy giao dịch này trong sao kê ngày 10/03/2026."})),
    responses((status = 201, body = PaymentView, description = "Rejected"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/payments/{id}/rejection")]
pub(crate) async fn reject_transfer(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<Reason>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    said(missing("/reason", &body.reason, 1_000))?;
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            told(&office, facts.door(&office, tx, at, &trace).reject_transfer(*id, &body.reason).await?)
        })
        .await
}

fn said(wrong: Vec<rules::refusal::Violation>) -> Result<(), Problem> {
    if wrong.is_empty() { Ok(()) } else { Err(Problem::invalid(wrong)) }
}

fn told(office: &Office, row: Model) -> Result<Answer, Problem> {
    let location = format!("/v1/dossiers/{}/payments", row.dossier_id);
    Answer::created(location, &PaymentView::of(row, &office.sealer)?)
}
