//! The forms of a dossier.

use super::FormView;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use entities::dossiers::reading as dossiers;
use entities::forms::reading;
use rules::access::Sight;
use uuid::Uuid;

/// List the forms of a dossier
///
/// In the order they were issued: what was handed to the person, and for officers the control slips too.
#[utoipa::path(
    tag = "forms",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<FormView>))
)]
#[get("/v1/dossiers/{id}/forms")]
pub(crate) async fn list_forms(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = dossiers::find(db, &office.sealer, &asker, *id).await?;
    if sight != Sight::Full {
        return Err(Code::Forbidden.into());
    }
    let rows = reading::of_dossier(db, dossier.id).await?.into_iter();
    let seen = rows.filter(|form| reading::may_read(&asker, &office.sealer, form, Some(&dossier)));
    Ok(HttpResponse::Ok().json(seen.map(FormView::of).collect::<Result<Vec<_>, _>>()?))
}
