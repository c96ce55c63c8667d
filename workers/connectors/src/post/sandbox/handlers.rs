//! The carrier's own end of its calls.

use super::{
    KEY, SECRET,
    state::{Carrier, echo},
};
use crate::loose_json::text;
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) async fn token(carrier: web::Data<Carrier>, request: HttpRequest) -> HttpResponse {
    let expected = format!("Basic {}", STANDARD.encode(format!("{KEY}:{SECRET}")));
    if authorization(&request) != expected {
        return HttpResponse::Unauthorized().json(json!({"error": "invalid_client"}));
    }
    HttpResponse::Ok()
        .json(json!({"access_token": carrier.give_token(), "token_type": "Bearer", "expires_in": 3600}))
}

pub(super) async fn order(
    carrier: web::Data<Carrier>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let Some(asked) = heard(&carrier, &request, &body) else {
        return HttpResponse::Unauthorized().finish();
    };
    let magic = carrier.notebook.take(&["refuses", "delivers", "undelivered"]);
    if magic.as_deref() == Some("refuses") || text(&asked, "ReceiverName").is_empty() {
        return said("500", &format!("Địa chỉ người nhận không hợp lệ{}", echo(&asked)));
    }
    if !carrier.keep(&asked) {
        return said("101", &format!("Đơn hàng đã tồn tại{}", echo(&asked)));
    }
    meet_fate(&carrier, &asked, magic.as_deref());
    match asked.get("ReceiverProvince") {
        Some(_) => said("100", "Thành công"),
        None => said("101", "Đã nhận, thiếu mã tỉnh người nhận"),
    }
}

fn meet_fate(carrier: &Carrier, asked: &Value, magic: Option<&str>) {
    let receiver = format!("{} {}", text(asked, "ReceiverName"), text(asked, "ReceiverAddress"));
    let number = text(asked, "OrderNumber");
    let end = match magic {
        Some("delivers") => "delivered",
        Some("undelivered") => "undelivered",
        _ if receiver.contains("[delivers]") => "delivered",
        _ if receiver.contains("[undelivered]") => "undelivered",
        _ => return,
    };
    for state in ["collected", "in_transit", end] {
        carrier.advance(&number, state);
    }
}

pub(super) async fn cancel(
    carrier: web::Data<Carrier>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let Some(asked) = heard(&carrier, &request, &body) else {
        return HttpResponse::Unauthorized().finish();
    };
    let number = text(&asked, "OrderNumber");
    if carrier.notebook.take(&["refuses"]).is_some() {
        let known = carrier.orders().get(&number).map(echo).unwrap_or_default();
        return said("500", &format!("Bưu tá đã nhận{known}"));
    }
    match carrier.advance(&number, "cancelled") {
        true => said("100", "Thành công"),
        false => said("500", "Không tìm thấy đơn hàng"),
    }
}

pub(super) async fn tracking(
    carrier: web::Data<Carrier>,
    request: HttpRequest,
    query: web::Query<Page>,
) -> HttpResponse {
    if heard(&carrier, &request, b"{}").is_none() {
        return HttpResponse::Unauthorized().finish();
    }
    let rows = carrier.events_after(&query.last_id, query.pagesize.min(1000));
    HttpResponse::Ok().json(json!({"_embedded": {"rh:doc": rows}, "_returned": rows.len()}))
}

/// The query of the tracking list.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Page {
    pagesize: usize,
    #[serde(rename = "lastId")]
    last_id: String,
}

pub(super) async fn price(
    carrier: web::Data<Carrier>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let Some(asked) = heard(&carrier, &request, &body) else {
        return HttpResponse::Unauthorized().finish();
    };
    let at_home = asked.pointer("/sender/provCode") == asked.pointer("/receiver/provCode");
    HttpResponse::Ok().json(json!({"content": {"price": if at_home { 26_000 } else { 30_500 }}}))
}

/// One address for all calls, as a province's integration platform has it.
pub(super) async fn lgsp(
    carrier: web::Data<Carrier>,
    request: HttpRequest,
    query: web::Query<BTreeMap<String, String>>,
    body: web::Bytes,
) -> HttpResponse {
    let said = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    match said("service") {
        "orderpost" => order(carrier, request, body).await,
        "ordercancel" => cancel(carrier, request, body).await,
        "getprice" => price(carrier, request, body).await,
        "ordertracking" => {
            let pagesize = said("pagesize").parse().unwrap_or_default();
            let page = Page { pagesize, last_id: said("lastId").to_owned() };
            tracking(carrier, request, web::Query(page)).await
        }
        _ => HttpResponse::NotFound().finish(),
    }
}

/// `{"to": "delivered"}`: moves a parcel to a state by its name or code.
pub(super) async fn advance(
    carrier: web::Data<Carrier>,
    number: web::Path<String>,
    body: web::Json<Value>,
) -> HttpResponse {
    if !carrier.advance(&number, &text(&body, "to")) {
        return HttpResponse::NotFound().json(json!({"error": "no such order or state"}));
    }
    HttpResponse::Ok().json(json!({"order": *number, "to": text(&body, "to")}))
}

// Nothing when the token is not good; the magic forgets all of them just before.
fn heard(carrier: &Carrier, request: &HttpRequest, body: &[u8]) -> Option<Value> {
    if carrier.notebook.take(&["token_expired"]).is_some() {
        carrier.forget_tokens();
    }
    let given = authorization(request);
    if !carrier.knows_token(given.strip_prefix("Bearer ")?) {
        return None;
    }
    carrier.notebook.note(request, body);
    Some(serde_json::from_slice(body).unwrap_or_default())
}

fn authorization(request: &HttpRequest) -> String {
    let header = request.headers().get(header::AUTHORIZATION);
    header.and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

fn said(status: &str, words: &str) -> HttpResponse {
    HttpResponse::Ok().json(json!({"Status": status, "Message": words}))
}
