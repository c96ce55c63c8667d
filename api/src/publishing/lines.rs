//! `GET /v1/national-lists/{list}`: the lists of the national database as they were last read.

use super::view::LineView;
use crate::admin::must_run_catalogue;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::publishing::{listing, pulling};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The lists of the national database.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NationalList {
    /// Procedures.
    Procedures,
    /// Agencies.
    Agencies,
    /// Fields of work.
    Fields,
}

/// Which lines.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct LineQuery {
    /// Cursor of the next page, as `next` or `Link` gave it.
    after: Option<String>,
    /// 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// Only procedures that the office does not know.
    #[serde(default)]
    unknown_here: bool,
}

/// A list of the national database, by code
#[utoipa::path(tag = "publishing", params(("list" = inline(NationalList), Path), LineQuery),
    responses((status = 200, body = Page<LineView>, example = json!({"items": [{"code": "1.001193",
        "name": "Đăng ký khai sinh", "detail": "", "seen_at": "2026-11-18T02:00:03Z"}]}))))]
#[get("/v1/national-lists/{list}")]
pub(crate) async fn list_national_lines(
    office: web::Data<Office>,
    asker: Asker,
    list: web::Path<NationalList>,
    query: web::Query<LineQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let key = match *list {
        NationalList::Procedures => pulling::PROCEDURES,
        NationalList::Agencies => pulling::AGENCIES,
        NationalList::Fields => pulling::FIELDS,
    };
    let page = Listing::of(&office, &req, query.limit);
    let after = page.position(query.after.as_deref())?;
    let rows = listing::page(office.db.reader(), key, query.unknown_here, after, page.rows()).await?;
    let lines = page.page(rows, |row| row.code.clone(), |row| Ok(LineView::from(row)))?;
    Ok(lines.answer(page.address()))
}
