//! The metrics of this process, for Prometheus, and the small door of a process that has no other.

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};
use entities::database::Database;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use sea_orm::ConnectionTrait;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Longest the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// Installs the metrics recorder once and gives its text form.
pub(crate) fn exposition() -> Option<api::office::Exposition> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let handle = HANDLE.get_or_init(|| PrometheusBuilder::new().install_recorder().ok()).clone()?;
    Some(Arc::new(move || {
        handle.run_upkeep();
        handle.render()
    }))
}

/// Answers `/livez`, `/readyz` and `/metrics` on `listener` until it is told to stop.
pub(crate) fn shown(listener: TcpListener, db: &Database) -> Result<(SocketAddr, ServerHandle), String> {
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    listener.set_nonblocking(true).map_err(|e| e.to_string())?;
    let db = web::Data::new(db.clone());
    let app = move || {
        App::new()
            .app_data(db.clone())
            .route("/livez", web::get().to(async || "ok"))
            .route("/readyz", web::get().to(ready))
            .route("/metrics", web::get().to(metrics))
    };
    let server = HttpServer::new(app).workers(1).disable_signals().shutdown_timeout(1);
    let server = server.listen(listener).map_err(|e| e.to_string())?.run();
    let handle = server.handle();
    tokio::spawn(server);
    Ok((address, handle))
}

async fn ready(db: web::Data<Database>) -> HttpResponse {
    match tokio::time::timeout(PATIENCE, db.writer().execute_unprepared("SELECT 1")).await {
        Ok(Ok(_)) => HttpResponse::Ok().body("ok"),
        Ok(Err(_)) => HttpResponse::ServiceUnavailable().body("the database does not answer"),
        Err(_) => HttpResponse::ServiceUnavailable().body("the database gave no answer within 2 seconds"),
    }
}

async fn metrics() -> HttpResponse {
    match exposition() {
        Some(text) => {
            HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text())
        }
        None => HttpResponse::NotFound().finish(),
    }
}
