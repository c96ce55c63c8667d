//! What the person's units have been asked.

use super::ConsultationView;
use crate::catalogue::keys;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::dossiers::consultations::{self, Search, State};
use rules::access::{Relation, Thing, units};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Which consultations to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsultationQuery {
    /// Only of this asked unit.
    unit: Option<Uuid>,
    /// Only in this state.
    #[param(value_type = Option<keys::ConsultationState>)]
    state: Option<State>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Questions that other units have asked, newest first
///
/// Of the units where the person is case officer or approver: the question, the papers that are shared, the day it is
/// due; nothing else of the dossier (NĐ 61/2018 Đ19.5).
#[utoipa::path(tag = "consultations", params(ConsultationQuery), responses((status = 200, body = Page<ConsultationView>)))]
#[get("/v1/consultations")]
pub(crate) async fn list_consultations(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<ConsultationQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if units(&asker, Thing::Consultations, Relation::Asked).is_empty() {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let search = Search { unit: query.unit, state: query.state, after, limit: listing.rows() };
    let db = office.db.reader();
    let rows = consultations::list(db, &asker, &search).await?;
    let page = listing.page(rows, |row| row.id, Ok)?;
    let items = office.consultation_views(db, page.items, true, office.clock.now()).await?;
    Ok(Page { items, next: page.next }.answer(listing.address()))
}
