//! The results of a dossier, and one's own.

use super::ResultView;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::{Page, PageQuery};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::dossiers::reading as dossier_reading;
use entities::results::reading;
use rules::access::Sight;
use uuid::Uuid;

/// List the results of a dossier
///
/// Oldest first; one that was taken back to be corrected stands before the one in its place (NĐ 61/2018 Đ21). Of a
/// refusal on the merits there is none.
#[utoipa::path(
    tag = "results",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<ResultView>))
)]
#[get("/v1/dossiers/{id}/results")]
pub(crate) async fn list_dossier_results(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = dossier_reading::find(db, &office.sealer, &asker, *id).await?;
    let rows = reading::of_dossier(db, dossier.id).await?;
    let names = office.issuers(&rows).await?;
    let views = rows.into_iter().map(|row| office.result_named(row, sight, &names));
    Ok(HttpResponse::Ok().json(views.collect::<Result<Vec<_>, _>>()?))
}

/// Your results, newest first
///
/// Of what you handed in, and of what stands in the name that your sign-in vouches for.
#[utoipa::path(tag = "results", params(PageQuery), responses((status = 200, body = Page<ResultView>)))]
#[get("/v1/me/results")]
pub(crate) async fn list_my_results(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<PageQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let rows = reading::mine(office.db.reader(), &office.sealer, &asker, (after, listing.rows())).await?;
    let names = office.issuers(&rows).await?;
    let page = listing.page(rows, |row| row.id, |row| office.result_named(row, Sight::Full, &names))?;
    Ok(page.answer(listing.address()))
}
