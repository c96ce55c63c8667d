//! The twin of ViettelPay: a payer scans a code, the office is asked, the money moves, and the result is told.

use crate::{
    loose_json::text,
    payment::{
        flat::Flat,
        sandbox::{Opening, PARTNER, SECRET, Spoken, State, Till, Told, Voice, serve},
        signing::{fits, hmac_sha1_base64},
    },
    sandbox::{Running, StandIn},
};
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::io;

/// Access code that the twin knows; it protects nothing.
pub const ACCESS_CODE: &str = "ma-truy-cap-thu-nghiem";
/// What the twin's answer to a question signs.
pub const ANSWER_SIGNS: [&str; 6] =
    ["error_code", "merchant_code", "order_id", "payment_status", "trans_amount", "vt_transaction_id"];

/// Settings that fit the twin at an address.
pub fn example(url: &str) -> Value {
    json!({
        "url": format!("{url}/search"), "merchant_code": PARTNER, "access_code": ACCESS_CODE, "hash_key": SECRET,
        "qr": {"priority": "VTT", "version": "1.0", "kind": "001"}, "query_command": "TRANS_INQUIRY",
        "query_version": "2.0", "answer_signs": ANSWER_SIGNS, "failed_statuses": ["2"],
    })
}

/// Starts the twin. Beside its wire it has `GET /scan` and `POST /scan` with the content of a code.
pub fn start(stand_in: StandIn) -> io::Result<Running> {
    let voice = Voice { title: "ViettelPay (thử nghiệm)", news, enquiry: Some(enquiry) };
    serve(stand_in, voice, |app| {
        app.route("/search", web::post().to(search))
            .route("/scan", web::get().to(scanner))
            .route("/scan", web::post().to(scan));
    })
}

/// `receiveresult` of news.
pub fn news(told: &Told<'_>) -> Spoken {
    let code = if told.paid { "00" } else { "24" };
    form(&[
        ("billcode", &format!("HP{}", told.amount)),
        ("cust_msisdn", "84900000001"),
        ("error_code", code),
        ("merchant_code", told.partner),
        ("order_id", told.reference),
        ("payment_status", if told.paid { "1" } else { "0" }),
        ("trans_amount", &told.amount.to_string()),
        ("vt_transaction_id", told.transaction_id),
        ("check_sum", &signed(told.secret, &[code, told.partner, told.reference])),
    ])
}

/// `paymentconfirm` before the money moves.
pub fn enquiry(told: &Told<'_>) -> Spoken {
    let (bill, amount) = (format!("HP{}", told.amount), told.amount.to_string());
    form(&[
        ("billcode", &bill),
        ("merchant_code", told.partner),
        ("order_id", told.reference),
        ("check_sum", &signed(told.secret, &[&bill, told.partner, told.reference, &amount])),
    ])
}

async fn search(till: web::Data<Till>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    till.notebook.note(&request, &body);
    let Ok(asked) = Flat::form(&body) else {
        return HttpResponse::Ok().json(json!({"error_code": "01"}));
    };
    let values = ["cmd", "merchant_code", "order_id", "version"].map(|name| asked.text(name));
    if !fits(&signed(SECRET, &values), asked.text("check_sum")) {
        return HttpResponse::Ok().json(json!({"error_code": "02"}));
    }
    let Some(payment) = till.payment(asked.text("order_id")) else {
        return HttpResponse::Ok().json(json!({"error_code": "01"}));
    };
    let status = match payment.state {
        State::Paid => "1",
        State::Waiting => "0",
        State::Failed => "2",
    };
    let answer = json!({
        "error_code": "00", "merchant_code": PARTNER, "order_id": payment.reference, "payment_status": status,
        "trans_amount": payment.amount, "vt_transaction_id": payment.transaction,
    });
    let values = ANSWER_SIGNS.map(|name| text(&answer, name));
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let check_sum = signed(SECRET, &values);
    HttpResponse::Ok().json(crate::loose_json::with(answer, "check_sum", check_sum))
}

async fn scanner() -> HttpResponse {
    crate::sandbox_page::html(
        "<h1>Quét mã ViettelPay</h1><form method=post action=/scan>\
         <p><textarea name=content rows=6 cols=60></textarea></p><button>Quét</button></form>",
    )
}

/// The content of a code, as JSON or from the form; leads to the page to pay at.
async fn scan(till: web::Data<Till>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let content = Flat::form(&body).map(|form| form.text("content").to_owned());
    let content = content.unwrap_or_else(|_| String::from_utf8_lossy(&body).into_owned());
    let code: Value = serde_json::from_str(&content).unwrap_or_default();
    let (reference, bill) = (text(&code, "order_id"), text(&code, "billcode"));
    let amount = text(&code, "amount").parse::<i64>();
    let (Ok(amount), true) = (amount, !reference.is_empty() && text(&code, "merchant_code") == PARTNER)
    else {
        return HttpResponse::BadRequest().json(json!({"error": "no code of this wallet"}));
    };
    if till.open(&reference, amount, &bill) == Opening::Taken {
        return HttpResponse::BadRequest().json(json!({"error": "the order has another sum"}));
    }
    let url = till.pay_url(&reference);
    let accept = request.headers().get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if accept.contains("json") {
        return HttpResponse::Ok().json(json!({"pay_url": url}));
    }
    HttpResponse::SeeOther().insert_header(("location", url)).finish()
}

fn signed(key: &str, values: &[&str]) -> String {
    hmac_sha1_base64(&format!("{ACCESS_CODE}{}", values.concat()), &SecretString::from(key))
}

fn form(pairs: &[(&str, &str)]) -> Spoken {
    Spoken::Form(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}
