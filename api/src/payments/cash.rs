//! Money taken at the desk: in cash, or by card at the terminal.

use super::{PayerIn, payer_of};
use crate::dossiers::RecordedAct;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::manners::key::Facts;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::dossiers::acts::Act;
use entities::payments::desk::{Slip, Taking};
use entities::payments::words::missing;
use entities::receipts::by_hand::HandReceipts;
use rules::fees::receipts::Medium;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The whole fee, taken in cash.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CashPayment {
    /// Number of a receipt made out by hand, of the phí where both kinds are owed; left out where the unit has electronic
    /// series, which give the next number.
    #[schema(max_length = 100, example = "00000012")]
    receipt_number: Option<String>,
    /// Number of the one for the lệ phí, where phí and lệ phí are both owed: each has a receipt of its own.
    #[schema(max_length = 100, example = "00000034")]
    le_phi_receipt_number: Option<String>,
    /// What that receipt is made out on: `paper` (until 31/12/2026) or `electronic` in another system; paper when absent.
    #[schema(value_type = Option<crate::catalogue::keys::ReceiptMedium>)]
    receipt_medium: Option<Medium>,
    /// Who pays, when that is another person than the applicant.
    payer: Option<PayerIn>,
}

/// The whole fee, taken by card at the desk's terminal. Nothing of the card itself is ever taken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CardPayment {
    /// Id of the terminal, as its slip says it.
    #[schema(max_length = 40, example = "POS-0001")]
    terminal: String,
    /// Number of the slip.
    #[schema(max_length = 40, example = "000123")]
    slip_number: String,
    /// Number of a receipt made out by hand; left out where the unit has electronic series.
    #[schema(max_length = 100, example = "00000012")]
    receipt_number: Option<String>,
    /// Number of the one for the lệ phí, where phí and lệ phí are both owed: each has a receipt of its own.
    #[schema(max_length = 100, example = "00000034")]
    le_phi_receipt_number: Option<String>,
    /// What that receipt is made out on; paper when absent.
    #[schema(value_type = Option<crate::catalogue::keys::ReceiptMedium>)]
    receipt_medium: Option<Medium>,
    /// Who pays, when that is another person than the applicant.
    payer: Option<PayerIn>,
}

/// Record the fee taken in cash
///
/// The receipts are made out from the unit's series in the same moment, phí and lệ phí apart; where it has none, the
/// number of each one written by hand is needed, and stands for no other money (F-16). Never counted as paid online.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = CashPayment, example = json!({"receipt_number": "00000012"})),
    responses((status = 201, body = RecordedAct, description = "Recorded"))
)]
#[post("/v1/dossiers/{id}/cash-payment")]
pub(crate) async fn record_cash(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<CashPayment>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let numbers = (body.receipt_number, body.le_phi_receipt_number);
    let receipts = hand_receipts(numbers, body.receipt_medium);
    let taking = Taking { slip: None, receipts, payer: payer_of(body.payer)? };
    office.take(facts, (*id, seen), taking).await
}

/// Record the fee taken by card
///
/// At the desk's terminal: its id and the number of the slip, each slip once. No field takes a card number, and a text that
/// reads as one is refused (`card_number_given`). Never counted as paid online.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = CardPayment, example = json!({"terminal": "POS-0001", "slip_number": "000123", "receipt_number": "00000012"})),
    responses((status = 201, body = RecordedAct, description = "Recorded"))
)]
#[post("/v1/dossiers/{id}/card-payment")]
pub(crate) async fn record_card(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<CardPayment>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let mut wrong = missing("/terminal", &body.terminal, 40);
    wrong.extend(missing("/slip_number", &body.slip_number, 40));
    if !wrong.is_empty() {
        return Err(Problem::invalid(wrong));
    }
    let slip = Slip { terminal: body.terminal.trim().into(), number: body.slip_number.trim().into() };
    let numbers = (body.receipt_number, body.le_phi_receipt_number);
    let receipts = hand_receipts(numbers, body.receipt_medium);
    let taking = Taking { slip: Some(slip), receipts, payer: payer_of(body.payer)? };
    office.take(facts, (*id, seen), taking).await
}

/// The receipts that somebody made out elsewhere, when a number is given: the only one or that of the phí, then that of
/// the lệ phí.
pub(super) fn hand_receipts(
    (number, le_phi_number): (Option<String>, Option<String>),
    medium: Option<Medium>,
) -> Option<HandReceipts> {
    let given = number.is_some() || le_phi_number.is_some();
    given.then(|| HandReceipts { number, le_phi_number, medium: medium.unwrap_or(Medium::Paper) })
}

impl Office {
    /// Books money taken at the desk; a dry run tells what the act would do.
    async fn take(
        &self,
        facts: Facts,
        (dossier, seen): (Uuid, IfMatch),
        taking: Taking,
    ) -> Result<HttpResponse, Problem> {
        let act = Act::RecordPayment { proof: taking.words() };
        if facts.dry_run {
            return self.act(Ask { facts, body: () }, dossier, seen, |()| act).await;
        }
        let trace = facts.trace.traceparent();
        self.once(&facts, async |tx, at| {
            let after = facts.door(self, tx, at, &trace).take(dossier, seen.version(), &taking).await?;
            self.recorded(&facts, &act, after, at)
        })
        .await
    }
}
