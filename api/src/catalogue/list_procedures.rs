//! `GET /v1/procedures`: procedures of the province.

use super::listing::{Listing, checked};
use super::shown::shown_page;
use crate::manners::cursor::Page;
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::catalogue::procedures::{Search, list};
use entities::tables::procedures::Model;
use rules::local_time::local_date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProcedureQuery {
    /// Words of the name, or a part of the code; accents and capitals do not matter.
    #[param(max_length = 200, example = "khai sinh")]
    q: Option<String>,
    /// Only procedures of this field of work.
    #[param(max_length = 30, example = "G15-HT01")]
    field: Option<String>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// A procedure in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProcedureLine {
    /// National code.
    #[schema(example = "1.001193")]
    national_code: String,
    /// Vietnamese name in the newest revision.
    #[schema(example = "Thủ tục đăng ký khai sinh")]
    name: String,
    /// Code of the field of work.
    #[schema(example = "G15-HT01")]
    field_code: String,
}

/// Procedures, by national code
#[utoipa::path(tag = "catalogue", params(ProcedureQuery), responses((status = 200, body = Page<ProcedureLine>,
    example = json!({"items": [{"national_code": "1.001193", "name": "Thủ tục đăng ký khai sinh",
        "field_code": "G15-HT01"}], "next": "kP3x…"})),
    (status = 304, description = "The reader has this page.")))]
#[get("/v1/procedures")]
pub(crate) async fn list_procedures(
    office: web::Data<Office>,
    query: web::Query<ProcedureQuery>,
    known: IfNoneMatch,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let listing = Listing::of(&office, &req, query.limit);
    let search = Search {
        words: checked("q", query.q, 200)?.unwrap_or_default(),
        field: checked("field", query.field, 30)?,
        after: listing.position(query.after.as_deref())?,
        limit: listing.rows(),
    };
    let rows = list(office.db.reader(), &search, local_date(office.clock.now())).await?;
    let page = listing.page(rows, |row| row.national_code.clone(), |row| Ok(ProcedureLine::of(row)))?;
    shown_page(&known, &page, listing.address())
}

impl ProcedureLine {
    fn of(row: Model) -> Self {
        Self { national_code: row.national_code, name: row.name, field_code: row.field_code }
    }
}
