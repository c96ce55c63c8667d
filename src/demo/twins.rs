//! The twins of all outside parties, each on a port of its own.

use crate::commands::api::listen;
use connectors::registry;
use connectors::sandbox::{Running, StandIn};
use entities::clock::Clock;
use entities::database::Database;
use entities::jobs::schedule;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

/// The running twins.
pub(crate) struct Twins {
    /// Payment platform.
    pub payment: Running,
    /// Post.
    pub post: Running,
    /// National portal.
    pub portal: Running,
    /// Mail server.
    pub mail: Running,
}

/// Starts them on the ports after the API's.
pub(crate) fn start(port: u16, clock: &Clock) -> Result<Twins, String> {
    let callback = format!("http://127.0.0.1:{port}/v1/callbacks/payments/national_platform");
    let twin = |key: &str, offset: u16, callback: Option<String>| -> Result<Running, String> {
        let entry =
            registry::find(key).and_then(|entry| entry.sandbox).ok_or(format!("no twin for {key}"))?;
        let (listener, page) = (at(port + offset)?, at(port + offset + 10)?);
        let clock = clock.clone();
        let stand_in = StandIn {
            listener,
            clock: Arc::new(move || clock.now()),
            callback_url: callback,
            late: Duration::from_secs(5),
            page: Some(page),
        };
        entry_started(entry(stand_in), key)
    };
    Ok(Twins {
        payment: twin("national_platform", 1, Some(callback))?,
        post: twin("vnpost_hcc", 2, None)?,
        portal: twin("dvcqg", 3, None)?,
        mail: twin("smtp", 4, None)?,
    })
}

fn entry_started(started: std::io::Result<Running>, key: &str) -> Result<Running, String> {
    started.map_err(|e| format!("the twin of {key} does not start: {e}"))
}

fn at(port: u16) -> Result<TcpListener, String> {
    listen(&format!("127.0.0.1:{port}"))
}

/// In the demo nobody wants to wait ten minutes for the postman's list.
pub(crate) async fn follow_the_post_closely(db: &Database) -> Result<(), String> {
    let mut lines = schedule::usual();
    lines.iter_mut().filter(|line| line.name == "track_post").for_each(|line| line.every_seconds = 2);
    schedule::ensure(db.writer(), &lines, Clock::system().now()).await.map_err(|e| e.to_string())
}
