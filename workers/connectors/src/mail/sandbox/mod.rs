//! A mail server that keeps every letter in memory and shows it on a page: the mailbox of the demo.

mod mailbox;
mod reading;
mod talk;

use crate::{
    notebook::Notebook,
    sandbox::{Running, StandIn, server, until_stopped, wait},
    sandbox_page::Face,
};
use actix_web::web;
pub use mailbox::Mailbox;
use serde_json::json;
use std::{io, net::TcpListener as StdListener, sync::Arc};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

/// What can be asked of the page is the same as everywhere; recipients do the rest: `tam-thoi@…` is answered 450,
/// `khong-co@…` 550, and a letter to `cham@…` is taken but answered late.
pub const MAGIC: [&str; 0] = [];

/// Starts the server; the page listens on `page`, or on a free port of loopback.
pub fn start(stand_in: StandIn) -> io::Result<(Running, Mailbox)> {
    let mailbox = Mailbox::new(Arc::clone(&stand_in.clock));
    let notebook = Notebook::new(stand_in.late);
    let shown = mailbox.clone();
    let face = Face {
        title: "Hộp thư (thử nghiệm)",
        magic: &MAGIC,
        notebook: notebook.clone(),
        holdings: Arc::new(move || json!({"letters": shown.letters()})),
    };
    let page = stand_in.page.map_or_else(|| StdListener::bind("127.0.0.1:0"), Ok)?;
    let page_url = format!("http://{}", page.local_addr()?);
    let url = format!("smtp://{}", stand_in.listener.local_addr()?);
    let pages = mailbox.clone();
    let server = server(page, face, move |app| {
        app.app_data(web::Data::new(pages.clone())).route("/letters", web::get().to(mailbox::page));
    })?;
    let (mut running, stopped) = Running::new(url, page_url);
    let handle = server.handle();
    running.keep(tokio::spawn(until_stopped(server, handle, stopped.clone())));
    stand_in.listener.set_nonblocking(true)?;
    let listener = TcpListener::from_std(stand_in.listener)?;
    running.keep(tokio::spawn(listen(listener, mailbox.clone(), notebook, stopped)));
    Ok((running, mailbox))
}

async fn listen(
    listener: TcpListener,
    mailbox: Mailbox,
    notebook: Notebook,
    mut stopped: watch::Receiver<bool>,
) {
    let mut talks = JoinSet::new();
    loop {
        tokio::select! {
            () = wait(&mut stopped) => return,
            Some(_ended) = talks.join_next() => {}
            Ok((stream, _)) = listener.accept() => {
                talks.spawn(talk::hold(stream, mailbox.clone(), notebook.clone()));
            }
        }
    }
}
