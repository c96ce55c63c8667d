//! One result.

use super::ResultView;
use crate::identity::Asker;
use crate::manners::etag::tag;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::results::reading;
use uuid::Uuid;

/// Show a result
///
/// For who sees its dossier. The state is that of today: a result whose last day is over is shown as expired.
#[utoipa::path(
    tag = "results",
    params(("id" = Uuid, Path, description = "Key of the result")),
    responses((status = 200, body = ResultView))
)]
#[get("/v1/results/{id}")]
pub(crate) async fn show_result(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let (row, _, sight) = reading::find(office.db.reader(), &office.sealer, &asker, *id).await?;
    let version = row.version;
    let view = office.result_view(row, sight).await?;
    // Days change what is told though the row stays, so nobody is told to keep what they have.
    Ok(HttpResponse::Ok()
        .insert_header(("etag", tag(version)))
        .insert_header(("cache-control", "private, no-store"))
        .json(view))
}
