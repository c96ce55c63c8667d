//! Zalo's own end of its wire: tokens that are used up, templates, and signed calls about what became of a message.

use super::phones::{Fate, Heard, Phones, callback};
use crate::{
    loose_json::text,
    sandbox::{Running, StandIn, serve},
    sandbox_page::Face,
    text::zalo_zns::signature,
};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};
use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

/// Number of the application.
pub const APP: &str = "1234567890123456789";
/// Its secret; it protects nothing.
pub const APP_SECRET: &str = "bi-mat-ung-dung-thu-nghiem";
/// The first refresh token.
pub const REFRESH: &str = "lam-moi-000000";
/// The secret of what Zalo signs; it protects nothing.
pub const WEBHOOK_SECRET: &str = "bi-mat-oa-thu-nghiem";
/// The next message is refused; all access tokens are forgotten.
const MAGIC: [&str; 2] = ["refuses", "token_expired"];

/// The refresh token that is good now: each is good once.
struct Refresh(Mutex<String>);

/// Starts the twin.
pub fn start(stand_in: StandIn) -> io::Result<Running> {
    let phones = Arc::new(Phones::new(&stand_in)?);
    let refresh = Arc::new(Refresh(Mutex::new(REFRESH.to_owned())));
    let shown = Arc::clone(&phones);
    let face = Face {
        title: "Zalo ZNS (thử nghiệm)",
        magic: &MAGIC,
        notebook: phones.notebook.clone(),
        holdings: Arc::new(move || shown.holdings()),
    };
    serve(stand_in.listener, face, move |app| {
        app.app_data(web::Data::from(Arc::clone(&phones)))
            .app_data(web::Data::from(Arc::clone(&refresh)))
            .route("/v4/oa/access_token", web::post().to(token))
            .route("/message/template", web::post().to(send))
            .route("/__callback", web::post().to(callback));
    })
}

/// Settings that fit the twin at an address.
pub fn example(url: &str) -> Value {
    json!({
        "url": format!("{url}/message/template"), "token_url": format!("{url}/v4/oa/access_token"),
        "app_id": APP, "app_secret": APP_SECRET, "refresh_token": REFRESH, "webhook_secret": WEBHOOK_SECRET,
        "busy_seconds": 7, "undelivered_events": ["user_missed_message"],
    })
}

async fn token(
    phones: web::Data<Phones>,
    refresh: web::Data<Refresh>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    phones.notebook.note(&request, b"{}");
    let form: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    let member = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let secret = request.headers().get("secret_key").and_then(|value| value.to_str().ok());
    let mut good = refresh.0.lock().unwrap_or_else(PoisonError::into_inner);
    // The demo's twin outlives restarts of the office, so the first token stays good as well.
    let known = member("refresh_token").is_some_and(|token| token == *good || token == REFRESH);
    if secret != Some(APP_SECRET) || member("app_id").as_deref() != Some(APP) || !known {
        return HttpResponse::Ok().json(json!({"error": -14014, "error_name": "invalid refresh token"}));
    }
    let given = phones.give_token();
    *good = format!("lam-moi-{given:06}");
    HttpResponse::Ok().json(json!({
        "access_token": format!("the-{given:06}"), "refresh_token": *good, "expires_in": "90000",
    }))
}

async fn send(phones: web::Data<Phones>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    phones.notebook.note(&request, &body);
    if phones.notebook.take(&["token_expired"]).is_some() {
        phones.forget_tokens();
    }
    let token =
        request.headers().get("access_token").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !phones.knows_token(token) {
        return said(-124, "Access token is invalid");
    }
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let params = asked.get("template_data").cloned().unwrap_or_default();
    if text(&asked, "template_id").is_empty() || !params.is_object() {
        return said(-131, "ZNS template is not approved");
    }
    let shown = json!({"template_id": text(&asked, "template_id"), "params": params});
    let heard = Heard { key: text(&asked, "tracking_id"), phone: text(&asked, "phone"), said: shown };
    let (fate, number) = phones.take(&heard);
    match fate {
        Fate::Refused => return said(-118, "Zalo account is not existed"),
        Fate::PutOff => return said(-133, "not sent at night"),
        Fate::Late => tokio::time::sleep(phones.notebook.late()).await,
        Fate::Undelivered | Fate::Delivered => {}
    }
    let event = if fate == Fate::Undelivered { "user_missed_message" } else { "user_received_message" };
    let told = json!({
        "app_id": APP, "event_name": event, "timestamp": "1790000000000",
        "message": {"msg_id": number, "tracking_id": heard.key, "delivery_time": "1790000000000"},
    });
    let told = told.to_string();
    let mac = format!("mac={}", signature(APP, told.as_bytes(), "1790000000000", WEBHOOK_SECRET));
    actix_web::rt::spawn(async move { phones.call_back(("x-zevent-signature", mac), told).await });
    HttpResponse::Ok()
        .json(json!({"error": 0, "message": "Success", "data": {"msg_id": number, "sent_time": "0"}}))
}

fn said(error: i64, message: &str) -> HttpResponse {
    HttpResponse::Ok().json(json!({"error": error, "message": message}))
}
