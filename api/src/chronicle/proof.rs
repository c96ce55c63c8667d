//! `GET /v1/chronicle/entries/{id}/proof`: that an entry stands where it stood when the chain was signed.

use crate::identity::Asker;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::chronicle::proving::{Proof, prove};
use entities::chronicle::reading::{find, is_about};
use entities::tables::chronicle_checkpoints::Model as Checkpoint;
use entities::tables::chronicle_links::Model as Link;
use rules::access::reads_chronicle;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The way from an entry to the next signed head of its chain.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChronicleProof, example = json!({"entry": "0194f3c0-0000-7000-8000-00000000000e",
    "chain": "0194f3c0-0000-7000-8000-00000000000a",
    "link": {"seq": 41, "entry_hash": "9f86…", "prev_hash": "60d0…", "hash": "2c26…"}, "path": [],
    "checkpoint": {"seq": 41, "hash": "2c26…", "key": "9f86d081884c7d65", "public_key": "d75a…", "signature": "e556…",
    "at": "2026-11-23T03:00:00Z"}}))]
pub(crate) struct ProofView {
    /// The entry.
    entry: Uuid,
    /// Its chain: a unit's key, or `office`.
    chain: String,
    /// Its link.
    link: LinkView,
    /// The links behind it, up to the signed one; at most a thousand.
    path: Vec<LinkView>,
    /// The signed head; none before the hour is full.
    checkpoint: Option<CheckpointView>,
}

/// A link of a chain; docs/chronicle.md says what is hashed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChronicleLink)]
pub(crate) struct LinkView {
    /// Its place in the chain.
    seq: i64,
    /// Hash of the entry.
    entry_hash: String,
    /// Hash of the link before.
    prev_hash: String,
    /// Hash of this link.
    hash: String,
}

/// A signed head of a chain.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChronicleCheckpoint)]
pub(crate) struct CheckpointView {
    /// The link that was signed.
    seq: i64,
    /// Its hash.
    hash: String,
    /// Name of the key.
    key: String,
    /// The public key, 64 hex digits.
    public_key: Option<String>,
    /// Ed25519, 128 hex digits.
    signature: String,
    /// When it was signed.
    at: DateTime<Utc>,
}

/// Prove an entry of the chronicle
///
/// For the person whose data it is about and for inspectors. 404 for anybody else, and for some seconds after it was
/// written, until it is linked.
#[utoipa::path(tag = "chronicle", params(("id" = Uuid, Path, description = "Key of the entry")),
    responses((status = 200, body = ProofView)))]
#[get("/v1/chronicle/entries/{id}/proof")]
pub(crate) async fn show_proof(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let found = find(db, *id).await?;
    if !is_about(&found, &asker, &office.sealer) && !reads_chronicle(&asker) {
        return Err(Code::NotFound.into());
    }
    let proof = prove(db, found.id).await?.ok_or_else(unlinked)?;
    Ok(HttpResponse::Ok().json(ProofView::of(found.id, proof)))
}

fn unlinked() -> Problem {
    Problem::new(Code::NotFound).because(
        "Mục nhật ký này vừa được ghi và chưa nối vào chuỗi; hãy thử lại sau một phút.",
        "This entry was written just now and is not linked into its chain yet; try again in a minute.",
    )
}

impl ProofView {
    fn of(entry: Uuid, proof: Proof) -> Self {
        Self {
            entry,
            chain: proof.link.chain.clone(),
            link: LinkView::from(proof.link),
            path: proof.path.into_iter().map(LinkView::from).collect(),
            checkpoint: proof.signed.map(|(signed, key)| CheckpointView::of(signed, key)),
        }
    }
}

impl From<Link> for LinkView {
    fn from(row: Link) -> Self {
        let Link { seq, entry_hash, prev_hash, hash, .. } = row;
        Self { seq, entry_hash, prev_hash, hash }
    }
}

impl CheckpointView {
    fn of(row: Checkpoint, public_key: Option<String>) -> Self {
        let Checkpoint { seq, hash, key_id, signature, at, .. } = row;
        Self { seq, hash, key: key_id, public_key, signature, at }
    }
}
