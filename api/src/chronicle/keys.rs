//! `GET /v1/chronicle/keys`: the public keys that checkpoints are signed with.

use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::chronicle::checkpoints::public_keys;
use entities::tables::chronicle_keys::Model;
use serde::Serialize;
use utoipa::ToSchema;

/// A public key.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChronicleKey, example = json!({"id": "9f86d081884c7d65", "algorithm": "Ed25519",
    "public_key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "since": "2026-11-23T02:00:00Z"}))]
pub(crate) struct ChronicleKeyView {
    /// Its name: the first 16 hex digits of its SHA-256.
    id: String,
    /// Always `Ed25519`.
    #[schema(example = "Ed25519")]
    algorithm: &'static str,
    /// 64 hex digits.
    public_key: String,
    /// First used.
    since: DateTime<Utc>,
}

/// The public keys of the chronicle, oldest first
///
/// Keep them elsewhere: with a key of your own keeping, a proof needs no trust in this office.
#[utoipa::path(tag = "chronicle", responses((status = 200, body = Vec<ChronicleKeyView>,
    example = json!([{"id": "9f86d081884c7d65", "algorithm": "Ed25519",
    "public_key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "since": "2026-11-23T02:00:00Z"}]))))]
#[get("/v1/chronicle/keys")]
pub(crate) async fn list_chronicle_keys(office: web::Data<Office>) -> Result<HttpResponse, Problem> {
    let rows = public_keys(office.db.reader()).await?;
    Ok(HttpResponse::Ok().json(rows.into_iter().map(ChronicleKeyView::from).collect::<Vec<_>>()))
}

impl From<Model> for ChronicleKeyView {
    fn from(row: Model) -> Self {
        Self { id: row.id, algorithm: "Ed25519", public_key: row.public_key, since: row.since }
    }
}
