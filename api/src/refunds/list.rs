//! The refunds of a unit.

use super::RefundView;
use crate::catalogue::keys;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::refunds::reading::{self, Search};
use rules::access::{Thing, knows, money_sight};
use rules::actor::Actor;
use rules::fees::refunds::RefundState;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Which refunds to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefundQuery {
    /// Only in this state.
    #[param(value_type = Option<keys::RefundState>)]
    state: Option<RefundState>,
    /// Only of this unit.
    unit: Option<Uuid>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Refunds, newest first
///
/// Of the units where the person is finance or approver; of the whole province, words left out, for who oversees it.
#[utoipa::path(tag = "payments", params(RefundQuery), responses((status = 200, body = Page<RefundView>)))]
#[get("/v1/refunds")]
pub(crate) async fn list_refunds(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<RefundQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    must_know_money(&asker)?;
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let search = Search { state: query.state, unit: query.unit, after, limit: listing.rows() };
    let rows = reading::list(office.db.reader(), &asker, &search).await?;
    let view = |row: entities::tables::refunds::Model| {
        let sight = money_sight(&asker, row.unit_id);
        Ok(RefundView::of(row, &office.sealer, sight)?)
    };
    let page = listing.page(rows, |row| row.id, view)?;
    Ok(page.answer(listing.address()))
}

/// 403 for who has nothing to do with the money of any unit.
fn must_know_money(by: &Actor) -> Result<(), Problem> {
    if knows(by, Thing::Money) { Ok(()) } else { Err(Code::Forbidden.into()) }
}
