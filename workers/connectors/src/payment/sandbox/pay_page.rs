//! The page where a payer would pay, with a button for each thing a payer or a bank can do.

use super::{
    MAGIC,
    payment::{Payment, State},
    till::Till,
};
use crate::sandbox_page::{escaped, html};
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use serde_json::json;

pub(super) async fn show(till: web::Data<Till>, reference: web::Path<String>) -> HttpResponse {
    match till.payment(&reference) {
        Some(payment) => html(&drawn(&payment)),
        None => HttpResponse::NotFound().body("Không có giao dịch này"),
    }
}

/// Plays the move. Answers JSON to those who accept it, else shows the page again.
pub(super) async fn press(
    till: web::Data<Till>,
    pressed: web::Path<(String, String)>,
    request: HttpRequest,
) -> HttpResponse {
    let (reference, magic) = pressed.into_inner();
    if !MAGIC.contains(&magic.as_str()) {
        return HttpResponse::NotFound().json(json!({"error": "no such magic", "known": MAGIC}));
    }
    let Some(callbacks) = till.play(&reference, &magic).await else {
        return HttpResponse::NotFound().json(json!({"error": "no such payment"}));
    };
    let accept = request.headers().get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if accept.contains("json") {
        return HttpResponse::Ok().json(json!({"reference": reference, "callbacks": callbacks}));
    }
    HttpResponse::SeeOther().insert_header(("location", format!("/pay/{reference}"))).finish()
}

fn drawn(payment: &Payment) -> String {
    let buttons: String = MAGIC
        .iter()
        .map(|name| {
            format!(
                "<button formaction=/pay/{}/{name} title={name}>{}</button> ",
                payment.reference,
                words(name)
            )
        })
        .collect();
    let callbacks = serde_json::to_string_pretty(&payment.callbacks).unwrap_or_default();
    format!(
        "<h1>Thanh toán {amount} đồng</h1><p>{description}</p><p>Trạng thái: <b>{state}</b></p>\
         <form method=post>{buttons}</form><pre>{callbacks}</pre>",
        amount = payment.amount,
        description = escaped(&payment.description),
        state = match payment.state {
            State::Waiting => "chờ thanh toán",
            State::Paid => "đã thanh toán",
            State::Failed => "không thành công",
        },
        callbacks = escaped(&callbacks),
    )
}

/// What a button says; its name on the wire is its title.
fn words(magic: &str) -> &str {
    match magic {
        "pays" => "Thanh toán",
        "refuses" => "Không thanh toán",
        "pays_twice" => "Thanh toán, báo hai lần",
        "wrong_amount" => "Thanh toán, báo sai số tiền",
        "forged" => "Báo tin giả mạo",
        "late" => "Thanh toán, báo muộn",
        other => other,
    }
}
