//! The statements, and one of them.

use super::StatementView;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::NaiveDate;
use entities::statements::reading;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Which statements to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatementQuery {
    /// Only of this local day.
    #[param(example = "2026-11-23")]
    day: Option<NaiveDate>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// List statements
///
/// Newest first: those of payment platforms, which concern every unit, and those of the accounts of the person's units.
#[utoipa::path(tag = "payments", params(StatementQuery), responses((status = 200, body = Page<StatementView>)))]
#[get("/v1/statements")]
pub(crate) async fn list_statements(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<StatementQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !reading::knows_money(&asker) {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let rows = reading::list(office.db.reader(), &asker, query.day, (after, listing.rows())).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(StatementView::from(row)))?;
    Ok(page.answer(listing.address()))
}

/// Show a statement
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the statement")),
    responses((status = 200, body = StatementView))
)]
#[get("/v1/statements/{id}")]
pub(crate) async fn show_statement(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let row = reading::find(office.db.reader(), &asker, *id).await?;
    Ok(HttpResponse::Ok().json(StatementView::from(row)))
}
