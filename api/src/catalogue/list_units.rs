//! `GET /v1/units`: units and postal points that exist on a day.

use super::keys;
use super::listing::{Listing, checked};
use super::shown::shown_page;
use super::unit_view::UnitView;
use crate::manners::cursor::Page;
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::NaiveDate;
use entities::catalogue::units::{Search, list};
use rules::local_time::local_date;
use rules::procedure::Tier;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitQuery {
    /// Words of the name; accents and capitals do not matter.
    #[param(max_length = 200, example = "song cau")]
    q: Option<String>,
    /// Only units of this tier.
    #[param(value_type = Option<keys::Tier>)]
    tier: Option<Tier>,
    /// Only units directly below this one.
    parent: Option<Uuid>,
    /// Only the unit that bears this organisation code, old or new.
    #[param(max_length = 35, example = "000.00.15.H03")]
    code: Option<String>,
    /// The day for which units and codes are asked; today when absent.
    on: Option<NaiveDate>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Units and postal points, by code
#[utoipa::path(tag = "catalogue", params(UnitQuery), responses((status = 200, body = Page<UnitView>,
    example = json!({"items": [{"id": "019a0000-0000-7000-8000-000000000001", "code": "H03.10.14", "old_code": null,
        "name": "Ủy ban nhân dân phường Sông Cầu", "tier": "commune", "parent": "019a0000-0000-7000-8000-000000000002",
        "place_code": "01843", "office_hours": {"sessions": [{"opens": "07:00:00", "closes": "11:30:00"}],
        "saturday_desk": []}, "receives": true, "contact": null, "valid_from": "2020-09-15", "valid_to": null}]})),
    (status = 304, description = "The reader has this page.")))]
#[get("/v1/units")]
pub(crate) async fn list_units(
    office: web::Data<Office>,
    query: web::Query<UnitQuery>,
    known: IfNoneMatch,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let listing = Listing::of(&office, &req, query.limit);
    let search = Search {
        words: checked("q", query.q, 200)?.unwrap_or_default(),
        tier: query.tier,
        parent: query.parent,
        code: checked("code", query.code, 35)?,
        after: listing.position(query.after.as_deref())?,
        limit: listing.rows(),
    };
    let day = query.on.unwrap_or_else(|| local_date(office.clock.now()));
    let rows = list(office.db.reader(), &search, day).await?;
    let page = listing.page(rows, |row| row.code.clone(), UnitView::of)?;
    shown_page(&known, &page, listing.address())
}
