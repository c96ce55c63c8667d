//! `GET /v1/places/{code}`: the place that bears a code on a day.

use super::place_view::PlaceView;
use crate::catalogue::shown;
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use entities::places::show;
use rules::codes::PlaceCode;
use rules::local_time::local_date;
use serde::Deserialize;
use utoipa::IntoParams;

/// The day asked about.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceDay {
    /// The day asked about; today when absent.
    on: Option<NaiveDate>,
}

/// One place
///
/// The one in force on the day; of a code that is no longer given, the last place that bore it.
#[utoipa::path(tag = "places", params(("code" = String, Path, example = "01840"), PlaceDay),
    responses((status = 200, body = PlaceView, example = json!({"code": "01840", "level": "commune",
        "name": "Phường Đức Xuân", "parent": "19", "valid_from": "2025-07-01", "valid_to": null,
        "document": "QĐ 19/2025/QĐ-TTg"})),
    (status = 304, description = "The reader has this place.")))]
#[get("/v1/places/{code}")]
pub(crate) async fn show_place(
    office: web::Data<Office>,
    code: web::Path<PlaceCode>,
    query: web::Query<PlaceDay>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let day = query.on.unwrap_or_else(|| local_date(office.clock.now()));
    shown(&known, &PlaceView::of(show(office.db.reader(), code.as_str(), day).await?))
}
