//! The address at which a result is checked, as a square code.

use crate::catalogue::listing::query_invalid;
use crate::identity::Asker;
use crate::manners::drawing;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use entities::results::reading;
use rules::access::Sight;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Which picture.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DrawingQuery {
    /// `svg` or `png`; `svg` when absent.
    #[param(example = "png")]
    format: Option<String>,
}

/// Draw the code by which a result is checked
///
/// For the person and the officers of the dossier, to be printed beside a result or shown on a screen. It holds the
/// address of the check and nothing else.
#[utoipa::path(
    tag = "results",
    params(("id" = Uuid, Path, description = "Key of the result"), DrawingQuery),
    responses((status = 200, description = "The picture", content((String = "image/svg+xml"), (Vec<u8> = "image/png"))))
)]
#[get("/v1/results/{id}/qr")]
pub(crate) async fn draw_result_code(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    query: web::Query<DrawingQuery>,
) -> Result<HttpResponse, Problem> {
    let (row, _, sight) = reading::find(office.db.reader(), &office.sealer, &asker, *id).await?;
    if sight != Sight::Full {
        return Err(Code::Forbidden.into());
    }
    let address = office.verification_address(&row);
    let mut answer = HttpResponse::Ok();
    answer.insert_header(("cache-control", "private, no-store"));
    Ok(match query.format.as_deref() {
        None | Some("svg") => answer.content_type("image/svg+xml").body(drawing::svg(&address)?),
        Some("png") => answer.content_type("image/png").body(drawing::png(&address)?),
        Some(_) => return Err(query_invalid("format")),
    })
}
