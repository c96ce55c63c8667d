//! The carrier's twin: gives tokens, takes orders, and moves parcels when told to.

mod handlers;
mod state;

use crate::{
    sandbox::{Running, StandIn, serve},
    sandbox_page::Face,
};
use actix_web::web;
use serde_json::json;
use state::Carrier;
use std::{io, sync::Arc};

/// Consumer key the twin knows.
pub const KEY: &str = "khoa-h99";
/// Its secret; it protects nothing.
pub const SECRET: &str = "bi-mat-thu-nghiem";
/// The twin's tracking codes; of the real carrier's only 4 is established.
pub const STATES: [(&str, &str, &str); 8] = [
    ("1", "created", "Đã tạo đơn"),
    ("2", "collected", "Đã gom"),
    ("3", "in_transit", "Đang vận chuyển"),
    ("4", "delivered", "Phát thành công"),
    ("5", "undelivered", "Phát không thành công"),
    ("6", "returning", "Chuyển hoàn"),
    ("7", "cancelled", "Đã hủy"),
    ("8", "out_for_delivery", "Đang phát"),
];
/// What can be made to happen to the next order: it is refused, delivered at once, not delivered, or the token is
/// forgotten. A receiver's name that holds `[delivers]` or `[undelivered]` does the same; with `[echoes]` in it every
/// message repeats the receiver's name, telephone and address.
pub const MAGIC: [&str; 4] = ["refuses", "delivers", "undelivered", "token_expired"];

/// Starts the twin. Beside the wire it has `POST /__advance/{order} {"to": "delivered"}`; the page has no button for it.
pub fn start(stand_in: StandIn) -> io::Result<Running> {
    let carrier = Arc::new(Carrier::new(stand_in.late, (stand_in.clock)()));
    let shown = Arc::clone(&carrier);
    let face = Face {
        title: "Bưu điện (thử nghiệm)",
        magic: &MAGIC,
        notebook: carrier.notebook.clone(),
        holdings: Arc::new(move || json!({"orders": shown.orders(), "events": shown.events()})),
    };
    serve(stand_in.listener, face, move |app| {
        app.app_data(web::Data::from(Arc::clone(&carrier)))
            .route("/token", web::post().to(handlers::token))
            .route("/apiPostOrder", web::post().to(handlers::order))
            .route("/apiCancelOrder", web::post().to(handlers::cancel))
            .route("/apiGetOrderTracking", web::get().to(handlers::tracking))
            .route("/apiGetPrice", web::post().to(handlers::price))
            .route("/lgsp", web::to(handlers::lgsp))
            .route("/__advance/{order:.*}", web::post().to(handlers::advance));
    })
}
