//! `GET /v1/handover-minutes/{id}`: minutes to read, or a page to print and sign.

use super::MinutesView;
use crate::forms::printed;
use crate::identity::Asker;
use crate::manners::pages::{page, wants_page};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::http::header::{HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::dossiers::reading;
use entities::shipments::minutes;
use rules::access::Sight;
use uuid::Uuid;

/// Read hand-over minutes
///
/// With `Accept: text/html` the page that postman and officer sign.
#[utoipa::path(
    tag = "shipments",
    params(("id" = Uuid, Path, description = "Key of the minutes")),
    responses((status = 200, description = "The minutes", content((MinutesView = "application/json"), (String = "text/html"))))
)]
#[get("/v1/handover-minutes/{id}")]
pub(crate) async fn show_minutes(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let row = minutes::by_id(db, *id).await?;
    let (_, sight) = reading::find(db, &office.sealer, &asker, row.dossier_id).await?;
    if sight != Sight::Full {
        return Err(Code::Forbidden.into());
    }
    let mut answer = match wants_page(req.headers()) {
        true => page(printed(&minutes::sheet(db, &row).await?)),
        false => HttpResponse::Ok().json(MinutesView::of(row)?),
    };
    answer.headers_mut().insert(VARY, HeaderValue::from_static("accept, authorization"));
    Ok(answer)
}
