//! Money without a receipt, for those who have to make it out.

use crate::catalogue::keys;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, NaiveDate, Utc};
use entities::payments::desk::PaymentWay;
use entities::receipts::due::{Due, Search, list};
use rules::access::{Thing, knows};
use rules::fees::FeeKind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which payments to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct MissingReceiptQuery {
    /// Only of this unit.
    unit: Option<Uuid>,
    /// Only what was paid on this local day.
    #[param(example = "2026-11-23")]
    day: Option<NaiveDate>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// A paid payment that has not all its receipts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MissingReceipt, example = json!({"payment": "0194f3c0-0000-7000-8000-00000000000d", "dossier": "0194f3c0-0000-7000-8000-00000000000b",
    "dossier_code": "000.00.01.H03-261123-0001", "unit": "0194f3c0-0000-7000-8000-00000000000a", "way": "platform", "amount": 12000, "kinds": ["phi"],
    "paid_at": "2026-11-23T03:00:00Z", "since": "2026-11-23T03:00:00Z"}))]
pub(crate) struct MissingReceiptView {
    /// Key of the payment; its receipts are made out under `/v1/payments/{id}/receipts`.
    payment: Uuid,
    /// The dossier.
    dossier: Uuid,
    /// Its code.
    dossier_code: String,
    /// Unit that took the money.
    unit: Uuid,
    /// Way the money came.
    #[schema(value_type = keys::PaymentWay)]
    way: PaymentWay,
    /// Đồng.
    amount: i64,
    /// The kinds of money that have no receipt.
    #[schema(value_type = Vec<keys::FeeKind>)]
    kinds: Vec<FeeKind>,
    /// Paid.
    paid_at: Option<DateTime<Utc>>,
    /// Since when it has no receipt: paid before there was a series, or its receipt cancelled.
    since: Option<DateTime<Utc>>,
}

/// List the money without a receipt
///
/// Paid, and without all its receipts (NĐ 254/2026 Đ24.1): it came before there was a series, or its receipt was cancelled
/// and none stands for it. The longest paid first, for those who handle the money of the unit.
#[utoipa::path(tag = "payments", params(MissingReceiptQuery), responses((status = 200, body = Page<MissingReceiptView>)))]
#[get("/v1/missing-receipts")]
pub(crate) async fn list_missing_receipts(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<MissingReceiptQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !knows(&asker, Thing::CashDesk) {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let search = Search { unit: query.unit, day: query.day, after, limit: listing.rows() };
    let rows = list(office.db.reader(), &asker, &search).await?;
    let place = |row: &Due| (row.payment.paid_at, row.payment.id);
    let page = listing.page(rows, place, |row| Ok(MissingReceiptView::of(row)))?;
    Ok(page.answer(listing.address()))
}

impl MissingReceiptView {
    fn of(row: Due) -> Self {
        let Due { payment, dossier_code, kinds } = row;
        Self {
            payment: payment.id,
            dossier: payment.dossier_id,
            dossier_code,
            unit: payment.unit_id,
            way: PaymentWay::of(&payment.platform),
            amount: payment.amount,
            kinds,
            paid_at: payment.paid_at,
            since: payment.receipt_due_at,
        }
    }
}
