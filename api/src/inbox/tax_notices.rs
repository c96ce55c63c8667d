//! The land tax of a dossier, for its owner and its officers.

use crate::identity::Asker;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, NaiveDate, Utc};
use entities::dossiers::reading;
use entities::inbox::tax::{of_dossier, tax_number};
use entities::inbox::tax_receipts::receipts;
use entities::tables::{tax_notices, tax_receipts};
use rules::access::Sight;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A line of a notice of land tax.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TaxNotice, example = json!({"id": "0194f3c0-0000-7000-8000-000000000021", "decision": "TB-125/2026",
    "decided_on": "2026-03-09", "item": "Lệ phí trước bạ nhà, đất", "amount": 1500000, "tax_number": "8000000001",
    "state": "due", "paid_at": null, "told_at": "2026-03-10T02:00:00Z", "receipt": null}))]
pub(crate) struct TaxNoticeView {
    /// Key.
    id: Uuid,
    /// Number of the notice.
    decision: String,
    /// Its day, where the portal told it.
    decided_on: Option<NaiveDate>,
    /// What it is for.
    item: String,
    /// The sum in đồng.
    amount: i64,
    /// Tax number of the debtor.
    tax_number: String,
    /// `due` or `paid`.
    #[schema(example = "due")]
    state: String,
    /// When it was paid.
    paid_at: Option<DateTime<Utc>>,
    /// When the office was told of it.
    told_at: DateTime<Utc>,
    /// The receipt that paid it.
    receipt: Option<TaxReceiptView>,
}

/// A receipt of land tax.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TaxReceipt)]
pub(crate) struct TaxReceiptView {
    /// Key.
    id: Uuid,
    /// The sum in đồng.
    amount: i64,
    /// Key of the receipt's file; absent while it is being fetched.
    file: Option<Uuid>,
    /// When the office was told of it.
    told_at: DateTime<Utc>,
}

/// List the land tax of a dossier
///
/// What the national portal told of it, oldest first; receipts that fit no notice are flagged for the desk instead.
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<TaxNoticeView>))
)]
#[get("/v1/dossiers/{id}/tax-notices")]
pub(crate) async fn list_tax_notices(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = reading::find(db, &office.sealer, &asker, *id).await?;
    if sight != Sight::Full {
        return Err(Code::Forbidden.into());
    }
    let paid = receipts(db, dossier.id).await?;
    let lines = of_dossier(db, dossier.id).await?;
    let views = lines.into_iter().map(|line| view(&office, line, &paid));
    Ok(HttpResponse::Ok().json(views.collect::<Result<Vec<_>, Problem>>()?))
}

fn view(
    office: &Office,
    line: tax_notices::Model,
    paid: &[tax_receipts::Model],
) -> Result<TaxNoticeView, Problem> {
    let receipt = paid.iter().find(|receipt| Some(receipt.id) == line.receipt_id);
    Ok(TaxNoticeView {
        tax_number: tax_number(&office.sealer, &line)?,
        receipt: receipt.map(|receipt| TaxReceiptView {
            id: receipt.id,
            amount: receipt.amount,
            file: receipt.file_id,
            told_at: receipt.told_at,
        }),
        id: line.id,
        decision: line.decision,
        decided_on: line.decided_on,
        item: line.item,
        amount: line.amount,
        state: line.state,
        paid_at: line.paid_at,
        told_at: line.told_at,
    })
}
