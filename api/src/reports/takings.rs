//! `GET /v1/reports/takings`: what a unit took on a day, phí and lệ phí apart (law.md F-03).

use crate::catalogue::keys;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use entities::payments::desk::PaymentWay;
use entities::payments::takings::{Sum, Takings, takings};
use rules::access::{Sight, money_sight};
use rules::fees::FeeKind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Whose takings of which day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakingsQuery {
    /// The unit.
    unit: Uuid,
    /// The local day.
    #[param(example = "2026-11-23")]
    day: NaiveDate,
}

/// What a unit took on a day and paid out again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Takings)]
pub(crate) struct TakingsView {
    /// The unit.
    unit: Uuid,
    /// The local day.
    day: NaiveDate,
    /// The phí account, then the lệ phí account.
    accounts: Vec<AccountView>,
    /// Everything taken, in đồng.
    taken: i64,
    /// Everything paid out again, in đồng.
    refunded: i64,
    /// What was taken on the day and has not all its receipts; one by one under `/v1/missing-receipts`.
    without_receipt: MissingReceiptsView,
}

/// Money without all its receipts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TakingsWithoutReceipt)]
struct MissingReceiptsView {
    /// Number of payments.
    count: u32,
    /// Their sum in đồng.
    amount: i64,
}

/// What came in for one of the two accounts, and what went out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TakingsOfAccount)]
struct AccountView {
    /// Phí or lệ phí: two accounts at the Treasury.
    #[schema(value_type = keys::FeeKind)]
    kind: FeeKind,
    /// By way of payment; ways without money are left out.
    ways: Vec<WayView>,
    /// Sum taken in đồng.
    taken: i64,
    /// Number of refunds paid out on the day.
    refunds: u32,
    /// Sum of the refunds paid out on the day, in đồng; it is not taken off `taken`.
    refunded: i64,
}

/// What came in one way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TakingsByWay)]
struct WayView {
    /// The way.
    #[schema(value_type = keys::PaymentWay)]
    way: PaymentWay,
    /// Number of payments.
    count: u32,
    /// Their sum in đồng.
    amount: i64,
}

/// What a unit took on a day
///
/// For the reconciliation with the Treasury: phí and lệ phí apart, by way of payment, refunds shown beside them. For
/// finance and approvers of the unit and for those who oversee the province.
#[utoipa::path(tag = "reports", params(TakingsQuery), responses((status = 200, body = TakingsView, example = json!({
    "unit": "0194f3c0-0000-7000-8000-00000000000a", "day": "2026-11-23", "accounts": [
        {"kind": "phi", "ways": [{"way": "cash", "count": 2, "amount": 24000}], "taken": 24000, "refunds": 0, "refunded": 0},
        {"kind": "le_phi", "ways": [], "taken": 0, "refunds": 0, "refunded": 0}],
    "taken": 24000, "refunded": 0, "without_receipt": {"count": 0, "amount": 0}}))))]
#[get("/v1/reports/takings")]
pub(crate) async fn show_takings(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<TakingsQuery>,
) -> Result<HttpResponse, Problem> {
    if money_sight(&asker, query.unit) == Sight::None {
        return Err(Code::Forbidden.into());
    }
    let found = takings(office.db.reader(), query.unit, query.day).await?;
    Ok(HttpResponse::Ok().json(TakingsView::of(&query, &found)))
}

impl TakingsView {
    fn of(query: &TakingsQuery, found: &Takings) -> Self {
        let accounts: Vec<AccountView> = FeeKind::ALL.map(|kind| AccountView::of(kind, found)).into();
        let taken = accounts.iter().map(|account| account.taken).sum();
        let refunded = accounts.iter().map(|account| account.refunded).sum();
        let Sum { count, amount } = found.without_receipt;
        let without_receipt = MissingReceiptsView { count, amount };
        Self { unit: query.unit, day: query.day, accounts, taken, refunded, without_receipt }
    }
}

impl AccountView {
    fn of(kind: FeeKind, found: &Takings) -> Self {
        let of_kind = found.taken.iter().filter(|((taken, _), sum)| *taken == kind && sum.count > 0);
        let ways: Vec<WayView> = of_kind
            .map(|((_, way), sum)| WayView { way: *way, count: sum.count, amount: sum.amount })
            .collect();
        let back = found.given_back.get(&kind).copied().unwrap_or_default();
        let taken = ways.iter().map(|way| way.amount).sum();
        Self { kind, ways, taken, refunds: back.count, refunded: back.amount }
    }
}
