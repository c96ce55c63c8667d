//! `GET /v1/places/{code}/successors`: what continues a place, and whether a person has to choose.

use super::place_view::PlaceView;
use crate::catalogue::{keys, shown};
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use entities::places::{Successors, successors};
use rules::codes::PlaceCode;
use rules::local_time::local_date;
use rules::places::Share;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The days asked about.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SuccessorDays {
    /// The day on which the successors are in force; today when absent.
    on: Option<NaiveDate>,
    /// A day on which the code was right, such as that of an old address; absent: the last place of this code that ended.
    known_on: Option<NaiveDate>,
}

/// What continues a place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuccessorsView {
    /// The place that was asked about.
    place: PlaceView,
    /// True unless one place holds all of it: then an address there is moved by a person who knows where it lies.
    choice_needed: bool,
    /// Places in force that hold it or a part of it.
    candidates: Vec<Candidate>,
}

/// A place in force that holds another or a part of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Candidate {
    /// How much of the other it holds.
    #[schema(value_type = keys::PlaceShare)]
    share: Share,
    /// The place.
    place: PlaceView,
}

/// What continues a place
///
/// Follows every change up to the day. One commune may have fallen apart over several: then nothing chooses for you.
#[utoipa::path(tag = "places", params(("code" = String, Path, example = "01840"), SuccessorDays),
    responses((status = 200, body = SuccessorsView, example = json!({
        "place": {"code": "01846", "level": "commune", "name": "Phường Huyền Tụng", "parent": "058",
            "valid_from": "2020-02-01", "valid_to": "2025-06-30", "document": "NQ 855/NQ-UBTVQH14"},
        "choice_needed": false, "candidates": [{"share": "whole", "place": {"code": "01840", "level": "commune",
            "name": "Phường Đức Xuân", "parent": "19", "valid_from": "2025-07-01", "valid_to": null,
            "document": "QĐ 19/2025/QĐ-TTg"}}]})),
    (status = 304, description = "The reader has this answer.")))]
#[get("/v1/places/{code}/successors")]
pub(crate) async fn show_successors(
    office: web::Data<Office>,
    code: web::Path<PlaceCode>,
    query: web::Query<SuccessorDays>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let day = query.on.unwrap_or_else(|| local_date(office.clock.now()));
    let found = successors(office.db.reader(), code.as_str(), query.known_on, day).await?;
    shown(&known, &SuccessorsView::of(found))
}

impl SuccessorsView {
    fn of(found: Successors) -> Self {
        let Successors { place, candidates, choice_needed } = found;
        let candidate = |(place, share)| Candidate { share, place: PlaceView::of(place) };
        Self {
            place: PlaceView::of(place),
            choice_needed,
            candidates: candidates.into_iter().map(candidate).collect(),
        }
    }
}
