//! One receipt, as data or as a page to print.

use super::{ReceiptView, page};
use crate::identity::Asker;
use crate::manners::etag::IfNoneMatch;
use crate::manners::pages;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::receipts::{reading, series};
use entities::tables::receipts::Model;
use rules::access::Sight;
use uuid::Uuid;

/// Read a receipt
///
/// For the person of the dossier, its officers, and who handles or oversees the money of the unit. With `Accept: text/html`
/// a page to print. A cancelled one stays, with its reason and what stands for it.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the receipt")),
    responses((status = 200, description = "The receipt", content((ReceiptView = "application/json"), (String = "text/html"))))
)]
#[get("/v1/receipts/{id}")]
pub(crate) async fn show_fee_receipt(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    known: IfNoneMatch,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (row, sight) = reading::find(office.db.reader(), &office.sealer, &asker, *id).await?;
    let view = office.receipt(row, sight).await?;
    Ok(match pages::wants_page(req.headers()) {
        true => pages::page(page::printed(&view)),
        false => known.answer(view.version, &view),
    })
}

impl Office {
    /// The view of a receipt with its series and what stands for it.
    pub(super) async fn receipt(&self, row: Model, sight: Sight) -> Result<ReceiptView, Problem> {
        let db = self.db.reader();
        let series = series::by_id(db, row.series_id).await?;
        let replaced_by = match row.state.as_str() {
            "cancelled" => reading::replacement_of(db, row.id).await?,
            _ => None,
        };
        Ok(ReceiptView::of(&self.sealer, (row, &series), replaced_by, sight)?)
    }
}
