//! The application as the server and the tests run it, and the server itself.

use crate::identity::hints;
use crate::manners::connections::Connections;
use crate::manners::edge::{edge, nowhere};
use crate::office::Office;
use crate::openapi::{description, docs_page};
use crate::problems::{form_config, json_config, path_config, query_config};
use crate::routes;
use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, Error, HttpServer, web};
use std::future::Future;
use std::net::TcpListener;
use std::time::Duration;
use utoipa_actix_web::AppExt;

/// The application of one server thread.
pub fn app(
    office: web::Data<Office>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let limit = office.settings.json_limit_bytes;
    App::new()
        .app_data(json_config(limit))
        .app_data(form_config(limit))
        .app_data(path_config())
        .app_data(query_config())
        .app_data(office)
        .app_data(description())
        .into_utoipa_app()
        .configure(routes::table)
        .into_app()
        .service(web::redirect("/docs", "/docs/"))
        .service(docs_page())
        .default_service(web::to(nowhere))
        .wrap(from_fn(edge))
        .wrap(Compress::default())
}

/// Answers on `listeners` until `stop` resolves; requests under way are then given the drain time.
pub async fn serve(
    listeners: Vec<TcpListener>,
    office: web::Data<Office>,
    stop: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let hearing = tokio::spawn(hints::hear(office.clone()));
    let (lines, intake) = (Connections::default(), &office.settings.intake);
    let patience = Duration::from_millis(intake.keep_alive_ms + intake.head_ms);
    let watching = tokio::spawn(lines.clone().watch(patience));
    let ended = until_stopped(started(listeners, office.clone(), lines)?, stop).await;
    hearing.abort();
    watching.abort();
    ended
}

async fn until_stopped(server: Server, stop: impl Future<Output = ()>) -> std::io::Result<()> {
    let handle = server.handle();
    let mut server = std::pin::pin!(server);
    tokio::select! {
        ended = &mut server => return ended,
        () = stop => {}
    }
    // The handle waits for the drain, which only goes on while the server itself is polled.
    let ((), ended) = tokio::join!(handle.stop(true), server);
    ended
}

fn started(
    listeners: Vec<TcpListener>,
    office: web::Data<Office>,
    lines: Connections,
) -> std::io::Result<Server> {
    let threads = match office.settings.threads {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        chosen => chosen,
    };
    let (drain, intake) = (office.settings.drain_seconds, office.settings.intake.clone());
    let mut server = HttpServer::new(move || app(office.clone()))
        .workers(threads)
        .shutdown_timeout(drain)
        .client_request_timeout(Duration::from_millis(intake.head_ms))
        .keep_alive(Duration::from_millis(intake.keep_alive_ms))
        .max_connections(intake.connections_per_thread)
        .on_connect(move |line, kept| lines.opened(line, kept))
        .disable_signals();
    for listener in listeners {
        listener.set_nonblocking(true)?;
        server = server.listen(listener)?;
    }
    Ok(server.run())
}
