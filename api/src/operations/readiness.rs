//! `GET /readyz`: can this process answer now, and if not, why.

use crate::manners::language::Language;
use crate::office::Office;
use actix_web::{HttpResponse, get, web};
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use std::time::Duration;
use utoipa::ToSchema;

/// Longest a single check may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the office can answer, part by part.
#[derive(Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// True when every part is.
    pub ready: bool,
    /// The parts.
    pub parts: Vec<PartReadiness>,
}

/// One part the office depends on.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartReadiness {
    /// `database`, `migrations`, `files`, `redis`.
    pub part: &'static str,
    /// True when it works.
    pub ready: bool,
    /// Why not, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The office can answer
#[utoipa::path(tag = "operations", responses(
    (status = 200, body = Readiness, example = json!({"ready": true, "parts": [{"part": "database", "ready": true}]})),
    (status = 503, body = Readiness, description = "A part does not work; the reasons are given.")))]
#[get("/readyz")]
pub(crate) async fn readyz(office: web::Data<Office>, lang: Language) -> HttpResponse {
    let (database, migrations, files, redis) = tokio::join!(
        part("database", lang, database(&office)),
        part("migrations", lang, migrations(&office)),
        part("files", lang, files(&office)),
        part("redis", lang, redis(&office)),
    );
    let parts = vec![database, migrations, files, redis];
    // Without Redis jobs are found by polling: slower, but nothing stands still.
    let ready = parts.iter().all(|p| p.ready || p.part == "redis");
    let mut response = if ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    response.json(Readiness { ready, parts })
}

async fn part(
    part: &'static str,
    lang: Language,
    check: impl Future<Output = Result<(), String>>,
) -> PartReadiness {
    let answered = tokio::time::timeout(PATIENCE, check).await;
    let late = lang.0.pick("không trả lời trong 2 giây", "gave no answer within 2 seconds");
    let result = answered.unwrap_or_else(|_| Err(late.into()));
    PartReadiness { part, ready: result.is_ok(), reason: result.err() }
}

async fn database(office: &Office) -> Result<(), String> {
    office
        .db
        .writer()
        .execute_unprepared("SELECT 1")
        .await
        .map(drop)
        .map_err(|_| "the database does not answer".into())
}

async fn migrations(office: &Office) -> Result<(), String> {
    match &office.migrations {
        Some(check) => check().await,
        None => Ok(()),
    }
}

/// Writing is what fails first when a disk is full.
async fn files(office: &Office) -> Result<(), String> {
    let probe = Path::from("readiness");
    let written = office.files.put(&probe, PutPayload::from_static(b"ok")).await;
    written.map(drop).map_err(|_| "the file store cannot be written".into())
}

async fn redis(office: &Office) -> Result<(), String> {
    let Some(client) = &office.redis else { return Ok(()) };
    let ping = async {
        let mut connection = client.get_multiplexed_async_connection().await?;
        redis::cmd("PING").query_async::<String>(&mut connection).await
    };
    ping.await.map(drop).map_err(|_| "Redis does not answer; jobs are found by polling".into())
}
