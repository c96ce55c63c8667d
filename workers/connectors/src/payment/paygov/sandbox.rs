//! The twin of PayGov: takes an order, shows the page to pay at, and calls back over real HTTP.

use crate::{
    loose_json::{text, with},
    payment::{
        sandbox::{Opening, PARTNER, SECRET, Spoken, Till, Told, Voice, serve},
        signing::{fits, sha256_hex},
    },
    sandbox::{Running, StandIn},
    trip::stamp,
};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};
use std::io;

/// Access key that the twin knows; it protects nothing.
pub const ACCESS_KEY: &str = "khoa-truy-cap-thu-nghiem";
/// What the callbacks of the twin sign, after the secret: everything that counts.
pub const CALLBACK_SIGNS: [&str; 8] = [
    "secretKey",
    "accessKey",
    "partnerCode",
    "orderId",
    "requestCode",
    "amount",
    "transactionNo",
    "errorCode",
];

/// Settings that fit the twin at an address.
pub fn example(url: &str) -> Value {
    json!({
        "url": format!("{url}/order"), "partner_code": PARTNER, "access_key": ACCESS_KEY, "secret": SECRET,
        "service_code": "DVC", "return_url": "https://motcua.example", "callback_signs": CALLBACK_SIGNS,
    })
}

/// Starts the twin.
pub fn start(stand_in: StandIn) -> io::Result<Running> {
    let voice = Voice { title: "PayGov (thử nghiệm)", news, enquiry: None };
    serve(stand_in, voice, |app| {
        app.route("/order", web::post().to(order));
    })
}

/// The callback of news.
pub fn news(told: &Told<'_>) -> Spoken {
    let message = json!({
        "amount": told.amount, "orderId": "000.14.10.H99-000.14.10.H99-240529-0001-01",
        "orderInfo": told.description, "requestCode": told.reference, "transactionNo": told.transaction_id,
        "payDate": stamp(told.at), "paygate": "VCB", "errorCode": if told.paid { "00" } else { "24" },
        "type": "1", "transactionCode": told.reference,
    });
    let signed = CALLBACK_SIGNS.map(|name| match name {
        "secretKey" => told.secret.to_owned(),
        "accessKey" => ACCESS_KEY.to_owned(),
        "partnerCode" => told.partner.to_owned(),
        name => text(&message, name),
    });
    Spoken::Json(with(message, "checksum", sha256_hex(&signed.concat())))
}

async fn order(till: web::Data<Till>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    till.notebook.note(&request, &body);
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let members = ["accessKey", "partnerCode", "orderId", "requestCode", "amount"];
    let values: Vec<String> = members.iter().map(|name| text(&asked, name)).collect();
    let made = sha256_hex(&format!("{SECRET}{}", values.concat()));
    if !fits(&made, &text(&asked, "checksum")) {
        return refused("Sai checksum");
    }
    if text(&asked, "partnerCode") != PARTNER {
        return refused("Sai mã đối tác");
    }
    let (reference, description) = (text(&asked, "requestCode"), text(&asked, "orderInfo"));
    let Ok(amount) = text(&asked, "amount").parse() else {
        return refused("Số tiền không hợp lệ");
    };
    if till.open(&reference, amount, &description) == Opening::Taken {
        return refused("Mã yêu cầu đã dùng cho số tiền khác");
    }
    let url = till.pay_url(&reference);
    HttpResponse::Ok().json(json!({"error_code": "SUCCESSFUL", "data": {"url": url}}))
}

fn refused(words: &str) -> HttpResponse {
    HttpResponse::Ok().json(json!({"error_code": "FAILED", "error_message": words}))
}
