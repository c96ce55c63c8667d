//! What the twins of all payment platforms share: what they hold, the page to pay at, and how they call back.

mod pay_page;
mod payment;
mod till;
mod told;

use crate::{
    loose_json::text,
    sandbox::{Running, StandIn, serve as run},
    sandbox_page::Face,
};
use actix_web::{HttpResponse, web};
use serde_json::{Value, json};
use std::{io, sync::Arc};

pub(crate) use payment::{Payment, State};
pub(crate) use till::{Opening, Till};
pub use told::{Spoken, Told};

/// Partner code that every twin knows.
pub const PARTNER: &str = "H99";
/// Secret that every twin signs with; it protects nothing.
pub const SECRET: &str = "khoa-bi-mat-thu-nghiem";
/// What a payer can do, in the order of the last digit of an amount `…001` to `…006`.
pub const MAGIC: [&str; 6] = ["pays", "refuses", "pays_twice", "wrong_amount", "forged", "late"];

/// How one twin speaks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Voice {
    /// Title of its page.
    pub(crate) title: &'static str,
    /// Its news of a payment.
    pub(crate) news: fn(&Told<'_>) -> Spoken,
    /// What it asks before it takes the money; an answer with `error_code` 00 lets it go on.
    pub(crate) enquiry: Option<fn(&Told<'_>) -> Spoken>,
}

/// Starts a twin: its own wire, and beside it `GET /pay/{reference}`, `POST /pay/{reference}/{magic}` and
/// `POST /__callback {"url"}`.
pub(crate) fn serve<F>(stand_in: StandIn, voice: Voice, wire: F) -> io::Result<Running>
where
    F: Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
{
    let till = Arc::new(Till::new(&stand_in, voice)?);
    let shown = Arc::clone(&till);
    let face = Face {
        title: voice.title,
        magic: &MAGIC,
        notebook: till.notebook.clone(),
        holdings: Arc::new(
            move || json!({"payments": shown.payments(), "callback_url": shown.callback_url()}),
        ),
    };
    run(stand_in.listener, face, move |app| {
        app.app_data(web::Data::from(Arc::clone(&till)))
            .route("/pay/{reference}", web::get().to(pay_page::show))
            .route("/pay/{reference}/{magic}", web::post().to(pay_page::press))
            .route("/__callback", web::post().to(callback_url))
            .configure(wire.clone());
    })
}

/// `{"url": "…"}`: where news goes from now on.
async fn callback_url(till: web::Data<Till>, body: web::Json<Value>) -> HttpResponse {
    let url = text(&body, "url");
    if url.is_empty() {
        return HttpResponse::BadRequest().json(json!({"error": "say {\"url\": \"…\"}"}));
    }
    till.call_back_at(url.clone());
    HttpResponse::Ok().json(json!({"url": url}))
}
