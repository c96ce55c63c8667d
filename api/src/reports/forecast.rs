//! `GET /v1/forecast`: what will be late, by unit and working day, as JSON or as a page to print.

use super::forecast_page::printed;
use super::forecast_view::{ForecastView, UnitForecastView};
use crate::identity::Asker;
use crate::manners::language::Language;
use crate::manners::pages::{page, wants_page};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::http::header::{HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::reports::forecast::of_unit;
use rules::access::{Relation, Sight, Thing, everywhere, reads_counts, units as units_seen};
use rules::actor::Actor;
use rules::lang::Lang;
use serde::Deserialize;
use std::collections::BTreeSet;
use utoipa::IntoParams;
use uuid::Uuid;

/// Which unit, how far ahead.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForecastQuery {
    /// The unit; an officer's own units when absent.
    unit: Option<Uuid>,
    /// Working days ahead, 1 to 60; 15 when absent.
    #[param(minimum = 1, maximum = 60, example = 15)]
    days: Option<u32>,
}

/// Foresee what will be late
///
/// The queue worked off at the unit's pace, the earliest due first, over the coming working days. Nothing else is
/// foreseen: neither what will still come in nor what applicants may give back. With `Accept: text/html` a page to print.
#[utoipa::path(tag = "reports", params(ForecastQuery), responses((status = 200, description = "What is to be expected",
    content((ForecastView = "application/json"), (String = "text/html")))))]
#[get("/v1/forecast")]
pub(crate) async fn show_forecast(
    office: web::Data<Office>,
    query: web::Query<ForecastQuery>,
    asker: Asker,
    Language(lang): Language,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (db, at) = (office.db.reader(), office.clock.now());
    let days = query.days.unwrap_or(15).clamp(1, 60);
    let as_page = wants_page(req.headers());
    let mut view = ForecastView { at, units: Vec::new() };
    for unit in units(&asker, query.unit)? {
        let name = office.catalogue.unit(db, unit, at).await?.row.name.clone();
        let found = of_unit(db, &office.catalogue, unit, at, days).await?;
        let lang = if as_page { Lang::Vi } else { lang };
        view.units.push(UnitForecastView::of((unit, name), found, lang));
    }
    let mut answer = if as_page { page(printed(&view)) } else { HttpResponse::Ok().json(view) };
    answer.headers_mut().insert(VARY, HeaderValue::from_static("accept"));
    Ok(answer)
}

/// The unit asked for, or all units where the officer works.
fn units(by: &Actor, asked: Option<Uuid>) -> Result<BTreeSet<Uuid>, Problem> {
    if let Some(unit) = asked {
        let may = reads_counts(by, unit);
        return if may { Ok(BTreeSet::from([unit])) } else { Err(Code::Forbidden.into()) };
    }
    let own = BTreeSet::from_iter(units_seen(by, Thing::Counts, Relation::Unit));
    if !own.is_empty() {
        return Ok(own);
    }
    // Who reads every unit reads this one too.
    if everywhere(by, Thing::Counts) > Sight::None {
        let vi = "Hãy nêu đơn vị trong tham số `unit`.";
        return Err(Problem::new(Code::QueryInvalid).because(vi, "Name the unit in the parameter `unit`."));
    }
    Err(Code::Forbidden.into())
}
