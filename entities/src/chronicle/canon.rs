//! The one written form of an entry, a link and a dossier, and their SHA-256 (docs/chronicle.md).

use crate::error::Error;
use crate::tables::chronicle::Model;
use crate::tables::{dossiers, history};
use sea_orm::sea_query::Value;
use sea_orm::{Iterable, ModelTrait};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What stands before the first link of a chain.
pub const NOTHING_BEFORE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Hash of an entry, over its columns as they are stored: what is sealed counts as it was sealed, so that the hash still
/// holds when the key is gone.
pub fn entry_hash(entry: &Model) -> String {
    let mut form = Form::new("motcua chronicle entry 1");
    form.text("id", &entry.id.to_string());
    form.text("chain", &entry.chain);
    form.key("unit_id", entry.unit_id);
    form.key("dossier_id", entry.dossier_id);
    form.text("kind", &entry.kind);
    form.text("what", &entry.what);
    form.key("thing_id", entry.thing_id);
    form.text("subject", &entry.subject);
    form.text("role", &entry.role);
    form.text("title", &entry.title);
    form.some("name", entry.name.as_deref());
    form.some("name_sealed", entry.name_sealed.as_deref());
    form.some("owner_index", entry.owner_index.as_deref());
    form.some("account_index", entry.account_index.as_deref());
    form.some("purpose_sealed", entry.purpose_sealed.as_deref());
    form.some("before_hash", entry.before_hash.as_deref());
    form.some("after_hash", entry.after_hash.as_deref());
    form.some("record_seq", entry.record_seq.map(|seq| seq.to_string()).as_deref());
    form.some("record_hash", entry.record_hash.as_deref());
    form.some("trace", entry.trace.as_deref());
    form.text("at", &entry.at.timestamp_micros().to_string());
    form.hash()
}

/// Hash of a history entry, over its columns as they are stored.
pub fn record_hash(record: &history::Model) -> String {
    let mut form = Form::new("motcua history entry 1");
    form.text("dossier_id", &record.dossier_id.to_string());
    form.text("seq", &record.seq.to_string());
    form.text("act", &record.act);
    form.some("from_status", record.from_status.as_deref());
    form.text("to_status", &record.to_status);
    form.some("step", record.step.as_deref());
    form.text("actor", &record.actor);
    form.text("actor_name", &record.actor_name);
    form.text("actor_title", &record.actor_title);
    form.some("note_sealed", record.note_sealed.as_deref());
    form.some("trace", record.trace.as_deref());
    form.text("at", &record.at.timestamp_micros().to_string());
    // Came later: entries without it are hashed as they always were.
    if let Some(sealed) = &record.actor_name_sealed {
        form.text("actor_name_sealed", sealed);
    }
    form.hash()
}

/// Hash of a link.
pub fn link_hash(chain: &str, seq: i64, prev: &str, entry: &str) -> String {
    let mut form = Form::new("motcua chronicle link 1");
    form.text("chain", chain);
    form.text("seq", &seq.to_string());
    form.text("prev_hash", prev);
    form.text("entry_hash", entry);
    form.hash()
}

/// What a checkpoint signs: microseconds since 1970 as the time.
pub fn checkpoint_words(chain: &str, seq: i64, hash: &str, at: chrono::DateTime<chrono::Utc>) -> String {
    let mut form = Form::new("motcua chronicle checkpoint 1");
    form.text("chain", chain);
    form.text("seq", &seq.to_string());
    form.text("hash", hash);
    form.text("at", &at.timestamp_micros().to_string());
    form.0
}

/// Hash of a dossier's row as it is stored; its sealed columns hold chance, so nothing can be guessed from it.
pub fn state_hash(dossier: &dossiers::Model) -> Result<String, Error> {
    let mut form = Form::new("motcua dossier 1");
    for column in dossiers::Column::iter() {
        let name = sea_orm::IdenStatic::as_str(&column);
        form.some(name, written(dossier.get(column))?.as_deref());
    }
    Ok(form.hash())
}

fn written(value: Value) -> Result<Option<String>, Error> {
    Ok(match value {
        Value::Bool(it) => it.map(|it| it.to_string()),
        Value::Int(it) => it.map(|it| it.to_string()),
        Value::BigInt(it) => it.map(|it| it.to_string()),
        Value::String(it) => it.map(|it| it.to_string()),
        Value::Uuid(it) => it.map(|it| it.to_string()),
        Value::ChronoDateTimeUtc(it) => it.map(|it| it.timestamp_micros().to_string()),
        _ => return Err(Error::damaged("dossiers", "a column of a kind without a written form")),
    })
}

/// Lines of `name:bytes:value`, absent values as `name:-`; the count of bytes keeps two values from running together.
struct Form(String);

impl Form {
    fn new(title: &str) -> Self {
        Self(format!("{title}\n"))
    }

    fn text(&mut self, name: &str, value: &str) {
        self.0.push_str(&format!("{name}:{}:{value}\n", value.len()));
    }

    fn key(&mut self, name: &str, value: Option<Uuid>) {
        self.some(name, value.map(|key| key.to_string()).as_deref());
    }

    fn some(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.text(name, value),
            None => self.0.push_str(&format!("{name}:-\n")),
        }
    }

    fn hash(self) -> String {
        hex::encode(Sha256::digest(self.0))
    }
}
