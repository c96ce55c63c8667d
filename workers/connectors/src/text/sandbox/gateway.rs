//! The gateway's own end of its wire, in the form that the example settings describe.

use super::phones::{Fate, Heard, Phones, callback};
use crate::{
    loose_json::text,
    sandbox::{Running, StandIn, serve},
    sandbox_page::Face,
};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};
use std::{io, sync::Arc};

/// The key with which the office calls.
pub const TOKEN: &str = "khoa-tin-nhan-thu-nghiem";
/// The secret with which the gateway calls back; it protects nothing.
pub const RECEIPT_SECRET: &str = "bi-mat-bao-phat-thu-nghiem";
/// Beside what the numbers do: the next message is refused.
const MAGIC: [&str; 1] = ["refuses"];

/// Starts the twin.
pub fn start(stand_in: StandIn) -> io::Result<Running> {
    let phones = Arc::new(Phones::new(&stand_in)?);
    let shown = Arc::clone(&phones);
    let face = Face {
        title: "Cổng tin nhắn SMS (thử nghiệm)",
        magic: &MAGIC,
        notebook: phones.notebook.clone(),
        holdings: Arc::new(move || shown.holdings()),
    };
    serve(stand_in.listener, face, move |app| {
        app.app_data(web::Data::from(Arc::clone(&phones)))
            .route("/send", web::post().to(send))
            .route("/__callback", web::post().to(callback));
    })
}

/// Settings that fit the twin at an address.
pub fn example(url: &str) -> Value {
    json!({
        "url": format!("{url}/send"), "headers": {"x-api-key": TOKEN},
        "body": {"to": "{phone}", "content": "{text}", "requestId": "{key}", "brandName": "MOTCUA"},
        "code_at": "/code", "taken": ["0", "7"], "busy": ["9"], "busy_seconds": 7, "id_at": "/messageId",
        "receipt_secret": RECEIPT_SECRET, "receipt_id_at": "/messageId", "receipt_key_at": "/requestId",
        "delivered": ["delivered"], "undelivered": ["failed"],
    })
}

async fn send(phones: web::Data<Phones>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    phones.notebook.note(&request, &body);
    let key = request.headers().get("x-api-key").and_then(|value| value.to_str().ok());
    if key != Some(TOKEN) {
        return HttpResponse::Unauthorized().json(json!({"code": 3, "message": "sai khóa"}));
    }
    let said: Value = serde_json::from_slice(&body).unwrap_or_default();
    let heard = Heard {
        key: text(&said, "requestId"),
        phone: text(&said, "to"),
        said: json!(text(&said, "content")),
    };
    let (fate, number) = phones.take(&heard);
    match fate {
        Fate::Refused => return HttpResponse::Ok().json(json!({"code": 5, "message": "số bị từ chối"})),
        Fate::PutOff => return HttpResponse::Ok().json(json!({"code": 9, "message": "đang bận"})),
        Fate::Late => tokio::time::sleep(phones.notebook.late()).await,
        Fate::Undelivered | Fate::Delivered => {}
    }
    let status = if fate == Fate::Undelivered { "failed" } else { "delivered" };
    let receipt = json!({"messageId": number, "requestId": heard.key, "status": status}).to_string();
    actix_web::rt::spawn(async move {
        phones.call_back(("x-receipt-key", RECEIPT_SECRET.to_owned()), receipt).await;
    });
    HttpResponse::Ok().json(json!({"code": 0, "messageId": number}))
}
