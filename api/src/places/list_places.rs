//! `GET /v1/places`: administrative units in force on a day.

use super::place_view::PlaceView;
use crate::catalogue::listing::{Listing, checked};
use crate::catalogue::{keys, shown_page};
use crate::manners::cursor::Page;
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::NaiveDate;
use entities::places::{Search, list};
use rules::codes::PlaceLevel;
use rules::local_time::local_date;
use serde::Deserialize;
use utoipa::IntoParams;

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceQuery {
    /// Words of the name; accents and capitals do not matter.
    #[param(max_length = 200, example = "duc xuan")]
    q: Option<String>,
    /// Only places of this level.
    #[param(value_type = Option<keys::PlaceLevel>)]
    level: Option<PlaceLevel>,
    /// Only places directly inside the one of this code.
    #[param(max_length = 5, example = "19")]
    parent: Option<String>,
    /// The day asked about; today when absent.
    on: Option<NaiveDate>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Administrative units, by code
///
/// The places this office knows: the provinces of the country, and the communes that its catalogue names.
#[utoipa::path(tag = "places", params(PlaceQuery), responses((status = 200, body = Page<PlaceView>,
    example = json!({"items": [{"code": "01840", "level": "commune", "name": "Phường Đức Xuân", "parent": "19",
        "valid_from": "2025-07-01", "valid_to": null, "document": "QĐ 19/2025/QĐ-TTg"}]})),
    (status = 304, description = "The reader has this page.")))]
#[get("/v1/places")]
pub(crate) async fn list_places(
    office: web::Data<Office>,
    query: web::Query<PlaceQuery>,
    known: IfNoneMatch,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let listing = Listing::of(&office, &req, query.limit);
    let search = Search {
        words: checked("q", query.q, 200)?.unwrap_or_default(),
        level: query.level,
        parent: checked("parent", query.parent, 5)?,
        after: listing.position(query.after.as_deref())?,
        limit: listing.rows(),
    };
    let day = query.on.unwrap_or_else(|| local_date(office.clock.now()));
    let rows = list(office.db.reader(), &search, day).await?;
    let page = listing.page(rows, |row| row.code.clone(), |row| Ok(PlaceView::of(row)))?;
    shown_page(&known, &page, listing.address())
}
