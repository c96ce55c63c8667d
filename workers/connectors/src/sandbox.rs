//! What every sandbox has: a server on its own port, a notebook of what was received, magic, and a plain page.

use crate::sandbox_page::{self, Face};
use actix_web::{
    App, Error, HttpResponse, HttpServer,
    body::{BoxBody, MessageBody},
    dev::{Server, ServerHandle, ServiceRequest, ServiceResponse},
    middleware::{Next, from_fn},
    web,
};
use chrono::{DateTime, Utc};
use std::{io, net::TcpListener, sync::Arc, time::Duration};
use tokio::{sync::watch, task::JoinHandle};

/// Gives the instant; the demo hands in its movable clock.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// What a sandbox is started with.
pub struct StandIn {
    /// Where it listens.
    pub listener: TcpListener,
    /// Its clock.
    pub clock: Clock,
    /// Where it calls back, for those that do; can be changed with `POST /__callback`.
    pub callback_url: Option<String>,
    /// How long a slow answer takes.
    pub late: Duration,
    /// Where the page is served, for a sandbox that does not speak HTTP itself.
    pub page: Option<TcpListener>,
}

/// A sandbox that runs until stopped or dropped.
#[derive(Debug)]
pub struct Running {
    /// Base address of the wire, such as `http://127.0.0.1:4001` or `smtp://127.0.0.1:4025`.
    pub url: String,
    /// Where a person looks at what was received.
    pub page_url: String,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Stops it and waits until its port is free.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            // A task that panicked has stopped as well.
            let _ended = task.await;
        }
    }

    pub(crate) fn new(url: String, page_url: String) -> (Self, watch::Receiver<bool>) {
        let (stop, stopped) = watch::channel(false);
        (Self { url, page_url, stop, tasks: Vec::new() }, stopped)
    }

    pub(crate) fn keep(&mut self, task: JoinHandle<()>) {
        self.tasks.push(task);
    }
}

/// Serves a wire together with the page, `/__received` and `/__magic`.
pub(crate) fn serve<F>(listener: TcpListener, face: Face, wire: F) -> io::Result<Running>
where
    F: Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
{
    let url = format!("http://{}", listener.local_addr()?);
    let server = server(listener, face, wire)?;
    let (mut running, stopped) = Running::new(url.clone(), url);
    let handle = server.handle();
    running.keep(tokio::spawn(until_stopped(server, handle, stopped)));
    Ok(running)
}

/// A server that `until_stopped` can run.
pub(crate) fn server<F>(listener: TcpListener, face: Face, wire: F) -> io::Result<Server>
where
    F: Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
{
    let app = move || {
        App::new()
            .app_data(web::Data::new(face.clone()))
            .app_data(web::PayloadConfig::new(8 << 20))
            .wrap(from_fn(mood))
            .route("/", web::get().to(sandbox_page::page))
            .route("/__received", web::get().to(sandbox_page::received))
            .route("/__magic", web::post().to(sandbox_page::magic))
            .configure(wire.clone())
    };
    Ok(HttpServer::new(app).workers(1).disable_signals().shutdown_timeout(1).listen(listener)?.run())
}

/// Runs a server until its sandbox is stopped or dropped.
pub(crate) async fn until_stopped(server: Server, handle: ServerHandle, mut stopped: watch::Receiver<bool>) {
    let ended = tokio::spawn(server);
    wait(&mut stopped).await;
    handle.stop(false).await;
    let _ended = ended.await;
}

pub(crate) async fn wait(stopped: &mut watch::Receiver<bool>) {
    // An error means that the sandbox was dropped, which stops it as well.
    let _why = stopped.wait_for(|stop| *stop).await;
}

const MOODS: [&str; 5] = ["garbage", "oversized", "error", "busy", "slow"];

async fn mood(
    face: web::Data<Face>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let path = request.path();
    if path == "/" || path.starts_with("/__") {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    if face.notebook.is_down() {
        return Ok(request.into_response(HttpResponse::ServiceUnavailable().body("bảo trì")));
    }
    let answer = match face.notebook.take(&MOODS).as_deref() {
        Some("garbage") => HttpResponse::Ok().body("<html>không phải JSON"),
        Some("oversized") => HttpResponse::Ok().body(vec![b' '; 6 << 20]),
        Some("error") => HttpResponse::InternalServerError().body("lỗi hệ thống"),
        Some("busy") => HttpResponse::TooManyRequests().insert_header(("retry-after", "7")).finish(),
        Some(_slow) => return late(&face, request, next).await,
        None => return Ok(next.call(request).await?.map_into_boxed_body()),
    };
    Ok(request.into_response(answer))
}

// The party does its part first and is only late in saying so: the case in which a repeated call must be harmless.
async fn late(
    face: &Face,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let answer = next.call(request).await?.map_into_boxed_body();
    tokio::time::sleep(face.notebook.late()).await;
    Ok(answer)
}
