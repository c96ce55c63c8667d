//! `GET /v1/admin/assignments`: who holds or held which role, newest first.

use super::assignment_view::AssignmentView;
use super::must_run_people;
use crate::catalogue::listing::{Listing, checked};
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::people::{Filter, list};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignmentQuery {
    /// Only of this person: issuer and subject of their tokens, joined by `|`.
    #[param(max_length = 400, example = "https://sso.tinh.example/realms/motcua|0f8fad5b")]
    subject: Option<String>,
    /// Only at this unit.
    unit: Option<Uuid>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Roles of officers, ended ones among them, newest first
#[utoipa::path(tag = "admin", params(AssignmentQuery), responses((status = 200, body = Page<AssignmentView>,
    example = json!({"items": [{"id": "019a0000-0000-7000-8000-000000000001",
        "subject": "https://sso.tinh.example/realms/motcua|0f8fad5b", "name": "Hoàng Văn Cửa",
        "title": "Cán bộ một cửa", "role": "desk_officer", "unit": "019a0000-0000-7000-8000-000000000002",
        "valid_from": "2026-03-10T02:00:00Z", "valid_to": null}]}))))]
#[get("/v1/admin/assignments")]
pub(crate) async fn list_assignments(
    asker: Asker,
    office: web::Data<Office>,
    query: web::Query<AssignmentQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    must_run_people(&asker)?;
    let query = query.into_inner();
    let listing = Listing::of(&office, &req, query.limit);
    let filter = Filter {
        subject: checked("subject", query.subject, 400)?,
        unit: query.unit,
        before: listing.position(query.after.as_deref())?,
    };
    let rows = list(office.db.reader(), &filter, listing.rows()).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(AssignmentView::of(row)?))?;
    Ok(page.answer(listing.address()))
}
