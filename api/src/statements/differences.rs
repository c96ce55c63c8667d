//! Differences: of one statement, and those that nobody has settled.

use super::DifferenceView;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::statements::reading;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// A page of differences.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DifferenceQuery {
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// List the differences of a statement
///
/// In the order they were found; those of the person's units, and those whose unit is not known.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the statement")),
    responses((status = 200, body = Vec<DifferenceView>))
)]
#[get("/v1/statements/{id}/differences")]
pub(crate) async fn list_differences(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let statement = reading::find(db, &asker, *id).await?;
    let rows = reading::differences(db, &asker, statement.id).await?;
    let views = rows.into_iter().map(|row| DifferenceView::of(&office.sealer, &asker, row));
    Ok(HttpResponse::Ok().json(views.collect::<Result<Vec<_>, _>>()?))
}

/// List what nobody has settled
///
/// Oldest first, of the person's units; sums that the post collected wrongly too.
#[utoipa::path(tag = "payments", params(DifferenceQuery), responses((status = 200, body = Page<DifferenceView>)))]
#[get("/v1/statement-differences")]
pub(crate) async fn list_open_differences(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<DifferenceQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !reading::knows_money(&asker) {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let rows = reading::open(office.db.reader(), &asker, (after, listing.rows())).await?;
    let view = |row| Ok(DifferenceView::of(&office.sealer, &asker, row)?);
    let page = listing.page(rows, |row| row.id, view)?;
    Ok(page.answer(listing.address()))
}
