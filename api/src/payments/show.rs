//! The payments of a dossier.

use super::PaymentView;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::dossiers::reading;
use entities::refunds;
use uuid::Uuid;

/// List the payments of a dossier
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<PaymentView>))
)]
#[get("/v1/dossiers/{id}/payments")]
pub(crate) async fn list_payments(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = reading::find(db, &office.sealer, &asker, *id).await?;
    let payments = reading::payments(db, dossier.id).await?;
    let paid_out = refunds::reading::paid_out(db, dossier.id).await?;
    let views = payments.into_iter().map(|row| PaymentView::seen(row, &office.sealer, sight, &paid_out));
    Ok(HttpResponse::Ok().json(views.collect::<Result<Vec<_>, _>>()?))
}
