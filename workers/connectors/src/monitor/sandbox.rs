//! The measuring system's twin: takes messages with 204 and counts each thing once.

use crate::{
    notebook::Notebook,
    sandbox::{Running, StandIn, serve},
    sandbox_page::Face,
};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value, json};
use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

/// Number of the site that the twin knows.
pub const SITE: &str = "H99";
/// What can be made to happen: the next message is refused.
pub const MAGIC: [&str; 1] = ["refuses"];

struct Emc {
    notebook: Notebook,
    tracked: Mutex<Vec<Value>>,
}

/// Starts the twin.
pub fn start(stand_in: StandIn) -> io::Result<Running> {
    let emc = Arc::new(Emc { notebook: Notebook::new(stand_in.late), tracked: Mutex::default() });
    let shown = Arc::clone(&emc);
    let face = Face {
        title: "Hệ thống giám sát, đo lường EMC (thử nghiệm)",
        magic: &MAGIC,
        notebook: emc.notebook.clone(),
        holdings: Arc::new(
            move || json!({"tracked": *shown.tracked.lock().unwrap_or_else(PoisonError::into_inner)}),
        ),
    };
    serve(stand_in.listener, face, move |app| {
        app.app_data(web::Data::from(Arc::clone(&emc))).route("/TrackingMCDT", web::post().to(track));
    })
}

/// Settings that fit the twin at an address.
pub fn example(url: &str) -> Value {
    json!({"url": format!("{url}/TrackingMCDT"), "site_id": SITE})
}

async fn track(emc: web::Data<Emc>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    emc.notebook.note(&request, &body);
    let told = serde_json::from_slice(&body).unwrap_or_else(|_| form(&body));
    let member = |name: &str| {
        let members = told.as_object().into_iter().flatten();
        let mut named = members.filter(|(own, _)| own.eq_ignore_ascii_case(name));
        named.next().and_then(|(_, value)| value.as_str()).unwrap_or_default().to_owned()
    };
    if emc.notebook.take(&MAGIC).is_some() || member("siteId") != SITE || member("codeProfile").is_empty() {
        return HttpResponse::BadRequest().body("Dữ liệu không hợp lệ");
    }
    let mut tracked = emc.tracked.lock().unwrap_or_else(PoisonError::into_inner);
    if !tracked.contains(&told) {
        tracked.push(told);
    }
    HttpResponse::NoContent().finish()
}

fn form(body: &[u8]) -> Value {
    let members = url::form_urlencoded::parse(body);
    let members: Map<_, _> =
        members.map(|(name, value)| (name.into_owned(), Value::from(value.into_owned()))).collect();
    Value::Object(members)
}
