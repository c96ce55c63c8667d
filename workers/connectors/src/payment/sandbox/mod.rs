//! The payment platform's twin: speaks the same wire, shows a page to pay at, and calls back over real HTTP.

mod handlers;
mod pay_page;
mod payment;
mod speech;
mod state;

use crate::{
    sandbox::{Running, StandIn, serve},
    sandbox_page::Face,
};
use actix_web::web;
use serde_json::json;
use state::Platform;
use std::{io, sync::Arc};

/// Partner code the twin knows.
pub const PARTNER: &str = "H99";
/// Secret the twin signs with; it protects nothing.
pub const SECRET: &str = "khoa-bi-mat-thu-nghiem";
/// What a payer can do, in the order of the last digit of an amount `…001` to `…006`.
pub const MAGIC: [&str; 6] = ["pays", "refuses", "pays_twice", "wrong_amount", "forged", "late"];

/// Starts the twin. Beside the wire it has `GET /pay/{reference}`, `POST /pay/{reference}/{magic}`
/// and `POST /__callback {"url"}`.
pub fn start(stand_in: StandIn) -> io::Result<Running> {
    let platform = Arc::new(Platform::new(&stand_in)?);
    let shown = Arc::clone(&platform);
    let face = Face {
        title: "Nền tảng thanh toán (thử nghiệm)",
        magic: &MAGIC,
        notebook: platform.notebook.clone(),
        holdings: Arc::new(
            move || json!({"payments": shown.payments(), "callback_url": shown.callback_url()}),
        ),
    };
    serve(stand_in.listener, face, move |app| {
        app.app_data(web::Data::from(Arc::clone(&platform)))
            .route("/init", web::post().to(handlers::init))
            .route("/query", web::post().to(handlers::query))
            .route("/bill", web::post().to(handlers::bill))
            .route("/pay/{reference}", web::get().to(pay_page::show))
            .route("/pay/{reference}/{magic}", web::post().to(pay_page::press))
            .route("/__callback", web::post().to(handlers::callback_url));
    })
}
