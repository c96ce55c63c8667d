//! `GET /v1/carriers/price`: what a carriage costs, as the carrier says now.

use crate::identity::Asker;
use crate::manners::trace::Trace;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use connectors::failure::Failure;
use connectors::post::{Address, CarrierCodes, Parcel};
use connectors::trip::Trip;
use entities::shipments::carriers;
use rules::local_time::local_date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What to price.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PriceQuery {
    /// Connector key; the first that is set up when absent.
    #[param(example = "vnpost_hcc")]
    carrier: Option<String>,
    /// Official code of the province it starts in.
    #[param(example = "19")]
    from_province: String,
    /// Official code of the province it goes to.
    #[param(example = "01")]
    to_province: String,
    /// Official code of the commune it goes to.
    to_commune: Option<String>,
    /// Weight in grams, 1 to 30,000.
    #[param(minimum = 1, maximum = 30000, example = 100)]
    weight_grams: u32,
}

/// A price.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CarriagePrice, example = json!({"carrier": "vnpost_hcc", "amount": 26000}))]
pub(crate) struct Price {
    /// Who carries for it.
    #[schema(example = "vnpost_hcc")]
    carrier: String,
    /// Whole đồng.
    #[schema(example = 26000)]
    amount: i64,
}

/// Ask what a carriage costs
///
/// The carrier is asked now; 503 while it cannot be. A place without a code of the carrier is never guessed.
#[utoipa::path(
    tag = "shipments",
    params(PriceQuery),
    responses((status = 200, body = Price))
)]
#[get("/v1/carriers/price")]
pub(crate) async fn ask_price(
    office: web::Data<Office>,
    _asker: Asker,
    query: web::Query<PriceQuery>,
    trace: Trace,
) -> Result<HttpResponse, Problem> {
    let at = office.clock.now();
    let key = query.carrier.clone().or_else(|| office.wires.carriers.keys().next().cloned());
    let carrier = key.as_ref().and_then(|key| office.wires.carriers.get(key)).ok_or(Code::NotFound)?;
    let key = key.clone().unwrap_or_default();
    let parcel = office.parcel(&key, &query, local_date(at)).await?;
    let trip = Trip::at(at).traced(Some(trace.traceparent()));
    let amount = carrier.price(&trip, &parcel).await.map_err(unpriced)?;
    Ok(HttpResponse::Ok().json(Price { carrier: key, amount }))
}

impl Office {
    async fn parcel(&self, carrier: &str, asked: &PriceQuery, day: NaiveDate) -> Result<Parcel, Problem> {
        if !(1..=30_000).contains(&asked.weight_grams) {
            return Err(crate::catalogue::listing::query_invalid("weight_grams"));
        }
        let sender = self.end(carrier, (&asked.from_province, None), day).await?;
        let receiver = self.end(carrier, (&asked.to_province, asked.to_commune.as_deref()), day).await?;
        Ok(Parcel { weight_grams: asked.weight_grams, sender, receiver })
    }

    async fn end(
        &self,
        carrier: &str,
        (province, commune): (&str, Option<&str>),
        day: NaiveDate,
    ) -> Result<Address, Problem> {
        let db = self.db.reader();
        let known_as = CarrierCodes {
            province: carriers::called(db, carrier, ("province", Some(province)), day).await?,
            district: None,
            ward: carriers::called(db, carrier, ("ward", commune), day).await?,
        };
        let (province_code, commune_code) = (Some(province.to_owned()), commune.map(str::to_owned));
        Ok(Address { province_code, commune_code, known_as, ..Address::default() })
    }
}

fn unpriced(failure: Failure) -> Problem {
    let words = failure.reason().to_owned();
    let vi = format!("Chưa hỏi được giá cước: {words}.");
    let en = format!("The price could not be asked: {words}.");
    match failure {
        Failure::Fail { .. } => Problem::new(Code::QueryInvalid).because(vi, en),
        _ => Problem::new(Code::TemporarilyUnavailable).because(vi, en).with_header(RETRY_AFTER, "60"),
    }
}
