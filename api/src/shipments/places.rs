//! `/v1/carriers/{key}/places`: how a carrier calls our places, as data.

use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::manners::ask::Body;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, put, web};
use chrono::NaiveDate;
use entities::shipments::carriers::{self, Named};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The table of a carrier.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CarrierPlaces {
    /// All lines; at most 20,000.
    #[schema(max_items = 20000)]
    places: Vec<CarrierPlace>,
}

/// A place as a carrier calls it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CarrierPlace {
    /// `province`, `district` or `ward`.
    #[schema(example = "province")]
    kind: String,
    /// Our code.
    #[schema(max_length = 20, example = "19")]
    code: String,
    /// The carrier's.
    #[schema(max_length = 40, example = "25")]
    theirs: String,
    /// First day.
    valid_from: NaiveDate,
}

/// Read how a carrier calls our places
#[utoipa::path(tag = "shipments", params(("key" = String, Path, description = "Connector key", example = "vnpost_hcc")),
    responses((status = 200, body = CarrierPlaces, example = json!({"places": [{"kind": "province", "code": "19",
        "theirs": "25", "valid_from": "2025-07-01"}]}))))]
#[get("/v1/carriers/{key}/places")]
pub(crate) async fn show_carrier_places(
    office: web::Data<Office>,
    key: web::Path<String>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    must_be_a_carrier(&key)?;
    let places = carriers::places(office.db.reader(), &key).await?.into_iter().map(CarrierPlace::of);
    Ok(HttpResponse::Ok().json(CarrierPlaces { places: places.collect() }))
}

/// Say how a carrier calls our places
///
/// The whole table at once, in the place of the one there was. What it does not say is looked up in the settings of the
/// connector, and left out of an order when they do not say it either.
#[utoipa::path(tag = "shipments", params(("key" = String, Path, description = "Connector key", example = "vnpost_hcc")),
    request_body(content = CarrierPlaces, example = json!({"places": [{"kind": "province", "code": "19", "theirs": "25",
        "valid_from": "2025-07-01"}]})),
    responses((status = 200, body = CarrierPlaces, example = json!({"places": [{"kind": "province", "code": "19",
        "theirs": "25", "valid_from": "2025-07-01"}]}))))]
#[put("/v1/carriers/{key}/places")]
pub(crate) async fn replace_carrier_places(
    office: web::Data<Office>,
    key: web::Path<String>,
    asker: Asker,
    body: Body<CarrierPlaces>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    must_be_a_carrier(&key)?;
    let named: Vec<Named> = body.body.places.into_iter().map(CarrierPlace::named).collect();
    let tx = office.db.begin().await?;
    carriers::replace_places(&tx, &key, &named).await?;
    let places = carriers::places(&tx, &key).await?.into_iter().map(CarrierPlace::of).collect();
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(CarrierPlaces { places }))
}

/// 404 unless the program has a carrier of this key, set up or not.
pub(super) fn must_be_a_carrier(key: &str) -> Result<(), Problem> {
    use connectors::registry::{Kind, find};
    let known = find(key).is_some_and(|entry| entry.kind == Kind::Post);
    if known { Ok(()) } else { Err(Code::NotFound.into()) }
}

impl CarrierPlace {
    fn of(named: Named) -> Self {
        let Named { kind, code, theirs, valid_from } = named;
        Self { kind, code, theirs, valid_from }
    }

    fn named(self) -> Named {
        let Self { kind, code, theirs, valid_from } = self;
        Named { kind, code, theirs, valid_from }
    }
}
