//! The twin of the national payment platform: INIT, QUERY and GET_BILL, and CONFIRM over real HTTP.

mod handlers;
mod receipt;
mod speech;

use crate::{
    payment::sandbox::{PARTNER, SECRET, Voice, serve},
    sandbox::{Running, StandIn},
};
use actix_web::web;
use serde_json::{Value, json};
use std::io;

pub use speech::confirm;

/// Settings that fit the twin at an address.
pub fn example(url: &str) -> Value {
    json!({"url": url, "partner_code": PARTNER, "secret": SECRET})
}

/// Starts the twin.
pub fn start(stand_in: StandIn) -> io::Result<Running> {
    let voice =
        Voice { title: "Nền tảng thanh toán quốc gia (thử nghiệm)", news: confirm, enquiry: None };
    serve(stand_in, voice, |app| {
        app.route("/init", web::post().to(handlers::init))
            .route("/query", web::post().to(handlers::query))
            .route("/bill", web::post().to(handlers::bill));
    })
}
