//! For those who run the office: is it alive, is it ready, how busy is it.

mod demo_clock;
pub mod description;
pub mod readiness;

pub(crate) use demo_clock::*;
pub(crate) use description::*;
pub(crate) use readiness::*;

use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};

/// The process is alive
#[utoipa::path(tag = "operations", responses((status = 200, body = String, content_type = "text/plain", example = "ok")))]
#[get("/livez")]
pub(crate) async fn livez() -> &'static str {
    "ok"
}

/// Metrics in Prometheus' text form
#[utoipa::path(tag = "operations", responses((status = 200, body = String, content_type = "text/plain",
    example = "http_requests_total{method=\"GET\",route=\"/livez\",status=\"200\"} 1")))]
#[get("/metrics")]
pub(crate) async fn metrics(office: web::Data<Office>) -> Result<HttpResponse, Problem> {
    let exposition = office.metrics.as_ref().ok_or(Code::RouteUnknown)?;
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(exposition()))
}
