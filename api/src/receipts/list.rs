//! Receipts of a unit, and those of a dossier.

use super::ReceiptView;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::manners::unmasking::named_for;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::NaiveDate;
use entities::dossiers;
use entities::receipts::reading::{self, Search};
use entities::receipts::series;
use entities::statements::reading::knows_money;
use entities::tables::receipts::Model;
use rules::access::money_sight;
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::IntoParams;
use uuid::Uuid;

/// Which receipts to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReceiptQuery {
    /// Only of this unit.
    unit: Option<Uuid>,
    /// Only of this local day.
    #[param(example = "2026-11-23")]
    day: Option<NaiveDate>,
    /// Only of this series.
    series: Option<Uuid>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
    /// Name persons in full, with a `purpose`; they are masked when absent.
    #[serde(default)]
    unmasked: bool,
    /// What persons are named for, in words; they read it in their access log.
    #[param(max_length = 400, example = "Gọi người dân đến nhận kết quả")]
    purpose: Option<String>,
}

/// List receipts
///
/// Newest first, with the cancelled ones; of the units whose money the person handles, or of the province for who oversees
/// it, payers left out. Payers are masked, unless the officer says `unmasked` and what for.
#[utoipa::path(tag = "payments", params(ReceiptQuery), responses((status = 200, body = Page<ReceiptView>)))]
#[get("/v1/receipts")]
pub(crate) async fn list_fee_receipts(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<ReceiptQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !knows_money(&asker) {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let ReceiptQuery { unit, day, series, .. } = *query;
    let search = Search { unit, day, series, after, limit: listing.rows() };
    let purpose = named_for(query.unmasked, query.purpose.as_deref())?;
    let rows = reading::list(office.db.reader(), &asker, &search).await?;
    let sights: BTreeMap<_, _> = rows.iter().map(|row| (row.id, money_sight(&asker, row.unit_id))).collect();
    let page = listing.page(rows, |row| row.id, Ok)?;
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        let sight = sights.get(&row.id).copied().unwrap_or(rules::access::Sight::Masked);
        items.push(office.receipt(row, sight).await?.in_list(purpose));
    }
    Ok(Page { items, next: page.next }.answer(listing.address()))
}

/// List the receipts of a dossier
///
/// Oldest first, with the cancelled ones; for whoever sees the dossier.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<ReceiptView>))
)]
#[get("/v1/dossiers/{id}/fee-receipts")]
pub(crate) async fn list_dossier_receipts(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = dossiers::reading::find(db, &office.sealer, &asker, *id).await?;
    let rows = reading::of_dossier(db, dossier.id).await?;
    let replaced: BTreeMap<Uuid, Uuid> =
        rows.iter().filter_map(|row: &Model| row.replaces.map(|old| (old, row.id))).collect();
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let series = series::by_id(db, row.series_id).await?;
        let by = replaced.get(&row.id).copied();
        views.push(ReceiptView::of(&office.sealer, (row, &series), by, sight)?);
    }
    Ok(HttpResponse::Ok().json(views))
}
