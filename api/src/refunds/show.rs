//! One refund.

use super::RefundView;
use crate::identity::Asker;
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::refunds::reading;
use uuid::Uuid;

/// One refund
///
/// For finance and approvers of the unit that took the money, and for those who oversee the province.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the refund")),
    responses((status = 200, body = RefundView))
)]
#[get("/v1/refunds/{id}")]
pub(crate) async fn show_refund(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let (row, sight) = reading::find(office.db.reader(), &asker, *id).await?;
    let version = row.version;
    Ok(known.answer(version, &RefundView::of(row, &office.sealer, sight)?))
}
