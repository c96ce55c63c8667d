//! `GET /v1/dossiers/{id}/shipments`: what the post carries for a dossier.

use super::ShipmentView;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::dossiers::reading;
use entities::shipments;
use uuid::Uuid;

/// List the carriage of a dossier
///
/// Both legs, oldest first, with the state as it is understood here and beside it the carrier's own code and words.
#[utoipa::path(
    tag = "shipments",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<ShipmentView>))
)]
#[get("/v1/dossiers/{id}/shipments")]
pub(crate) async fn list_shipments(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = reading::find(db, &office.sealer, &asker, *id).await?;
    let rows = shipments::of_dossier(db, dossier.id).await?;
    let mut said = shipments::sightings_of(db, &rows).await?;
    let views = rows.into_iter().map(|row| {
        let said = said.remove(&row.id).unwrap_or_default();
        ShipmentView::of(&office, row, said, sight)
    });
    Ok(HttpResponse::Ok().json(views.collect::<Result<Vec<_>, _>>()?))
}
