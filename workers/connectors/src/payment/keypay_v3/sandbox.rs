//! The twin of KeyPay: opens, answers questions, gives money back, and calls back over real HTTP.

use crate::{
    loose_json::{text, with},
    payment::{
        sandbox::{Opening, PARTNER, SECRET, Spoken, State, Till, Told, Voice, serve},
        signing::{fits, hmac_sha256_hex},
    },
    sandbox::{Running, StandIn},
};
use actix_web::{HttpRequest, HttpResponse, web};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::io;

/// Key that the twin signs with; it protects nothing.
pub const KEY_2: &str = SECRET;
/// Key that the twin wants requests signed with; it protects nothing.
pub const KEY_1: &str = "khoa-thu-nhat-thu-nghiem";

/// Settings that fit the twin at an address.
pub fn example(url: &str) -> Value {
    json!({
        "url": url, "client_id": PARTNER, "first_key": KEY_1, "second_key": KEY_2, "return_url": "https://motcua.example",
        "query_command": "QUERY", "refund_command": "REFUND", "refund_detail_command": "REFUND_DETAIL",
        "failed_statuses": ["1"], "unknown_errors": ["3"],
    })
}

/// Starts the twin.
pub fn start(stand_in: StandIn) -> io::Result<Running> {
    let voice = Voice { title: "KeyPay v3 (thử nghiệm)", news, enquiry: None };
    serve(stand_in, voice, |app| {
        app.route("/create", web::post().to(create))
            .route("/query", web::post().to(query))
            .route("/refund", web::post().to(refund))
            .route("/refund-detail", web::post().to(refund_detail));
    })
}

/// The callback of news.
pub fn news(told: &Told<'_>) -> Spoken {
    let message = json!({
        "client_id": told.partner, "transaction_id": told.reference, "trans_amount": told.amount,
        "addition_fee": 0, "command": "PAY", "version": "3.0", "currency_code": told.currency,
        "status": if told.paid { 0 } else { 1 },
    });
    let names = ["addition_fee", "client_id", "command", "trans_amount", "transaction_id", "version"];
    Spoken::Json(signed(message, &names, told.secret))
}

async fn create(till: web::Data<Till>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let names = ["addition_fee", "client_id", "command", "trans_amount", "transaction_id", "version"];
    let asked = match heard(&till, &request, &body, &names) {
        Ok(asked) => asked,
        Err(no) => return HttpResponse::Ok().json(no),
    };
    let (reference, description) = (text(&asked, "transaction_id"), text(&asked, "description"));
    let Ok(amount) = text(&asked, "trans_amount").parse() else {
        return said("4", "Số tiền không hợp lệ");
    };
    if till.open(&reference, amount, &description) == Opening::Taken {
        return said("2", "Mã giao dịch đã dùng cho số tiền khác");
    }
    let url = till.pay_url(&reference);
    HttpResponse::Ok().json(json!({"error": "0", "msg": "Thành công", "payment_url": url}))
}

async fn query(till: web::Data<Till>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let names = ["client_id", "command", "transaction_id"];
    let asked = match heard(&till, &request, &body, &names) {
        Ok(asked) => asked,
        Err(no) => return HttpResponse::Ok().json(no),
    };
    let Some(payment) = till.payment(&text(&asked, "transaction_id")) else {
        return said("3", "Không có giao dịch này");
    };
    let status = match payment.state {
        State::Paid => 0,
        State::Failed => 1,
        State::Waiting => 2,
    };
    let answer = json!({
        "error": "0", "msg": "", "client_id": text(&asked, "client_id"), "command": text(&asked, "command"),
        "transaction_id": payment.reference, "trans_amount": payment.amount, "status": status,
    });
    HttpResponse::Ok().json(signed(answer, &names, KEY_2))
}

async fn refund(till: web::Data<Till>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let names = ["amount", "client_id", "command", "reason", "transaction_id"];
    let asked = match heard(&till, &request, &body, &names) {
        Ok(asked) => asked,
        Err(no) => return HttpResponse::Ok().json(no),
    };
    let reference = text(&asked, "transaction_id");
    if till.payment(&reference).is_none_or(|payment| payment.state != State::Paid) {
        return said("3", "Không có giao dịch đã thanh toán này");
    }
    let number = till.refund(&reference, asked.clone());
    let answer =
        with(with(asked, "error", "0"), "transaction_refund_code", format!("HT{number:04}{reference}"));
    HttpResponse::Ok().json(signed(answer, &names, KEY_2))
}

async fn refund_detail(till: web::Data<Till>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let names = ["client_id", "command", "transaction_refund_code"];
    let asked = match heard(&till, &request, &body, &names) {
        Ok(asked) => asked,
        Err(no) => return HttpResponse::Ok().json(no),
    };
    let code = text(&asked, "transaction_refund_code");
    let known = code.get(6..).and_then(|reference| till.payment(reference));
    if known.is_none_or(|payment| payment.refunds.is_empty()) {
        return said("3", "Không có lần hoàn tiền này");
    }
    HttpResponse::Ok().json(signed(with(with(asked, "error", "0"), "status", 0), &names, KEY_2))
}

fn heard(till: &Till, request: &HttpRequest, body: &[u8], names: &[&str]) -> Result<Value, Value> {
    till.notebook.note(request, body);
    let asked: Value = serde_json::from_slice(body).map_err(|_| no("96", "Không đọc được bản tin"))?;
    let made = text(&signed(asked.clone(), names, KEY_1), "check_sum");
    if !fits(&made, &text(&asked, "check_sum")) {
        return Err(no("97", "Sai chữ ký"));
    }
    if text(&asked, "client_id") != PARTNER {
        return Err(no("5", "Sai mã đối tác"));
    }
    Ok(asked)
}

fn said(code: &str, words: &str) -> HttpResponse {
    HttpResponse::Ok().json(no(code, words))
}

fn no(code: &str, words: &str) -> Value {
    json!({"error": code, "msg": words})
}

fn signed(message: Value, names: &[&str], key: &str) -> Value {
    let values: Vec<String> = names.iter().map(|name| text(&message, name)).collect();
    let digest = hmac_sha256_hex(&values.join("|"), &SecretString::from(key));
    with(message, "check_sum", digest)
}
