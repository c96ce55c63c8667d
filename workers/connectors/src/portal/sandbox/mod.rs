//! The national portal's twin: gives sessions, keeps dossiers by code and their progress in order.

mod handlers;
mod state;

use crate::{
    sandbox::{Running, StandIn, serve},
    sandbox_page::Face,
};
use actix_web::web;
use serde_json::json;
use state::Portal;
use std::{io, sync::Arc};

/// Account the twin knows.
pub const USERNAME: &str = "tinh-h99";
/// Its password; it protects nothing.
pub const PASSWORD: &str = "mat-khau-thu-nghiem";
/// What can be made to happen: the session is forgotten, or the next record is refused.
pub const MAGIC: [&str; 2] = ["session_expired", "refuses"];

/// Starts the twin.
pub fn start(stand_in: StandIn) -> io::Result<Running> {
    let portal = Arc::new(Portal::new(stand_in.late));
    let shown = Arc::clone(&portal);
    let face = Face {
        title: "Cổng Dịch vụ công quốc gia (thử nghiệm)",
        magic: &MAGIC,
        notebook: portal.notebook.clone(),
        holdings: Arc::new(move || json!({"dossiers": shown.dossiers()})),
    };
    serve(stand_in.listener, face, move |app| {
        app.app_data(web::Data::from(Arc::clone(&portal)))
            .route("/mapi/login", web::post().to(handlers::login))
            .route("/mapi/g", web::post().to(handlers::integrate));
    })
}
