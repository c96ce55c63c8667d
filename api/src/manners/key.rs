//! `Idempotency-Key`: required where a POST creates, charges or notifies.

use crate::identity::Asker;
use crate::manners::language::Language;
use crate::manners::rehearsal;
use crate::manners::trace::Trace;
use crate::problems::{Code, Problem};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures::future::LocalBoxFuture;
use rules::actor::Actor;
use rules::lang::Lang;
use sha2::{Digest, Sha256};

/// Longest key taken, in characters.
const LONGEST: usize = 255;

/// Who asks for an effect, under which key, and what exactly was asked.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Who asks.
    pub actor: Actor,
    /// The key, unique for this actor.
    pub key: String,
    /// SHA-256 of method, path, canonical body and actor, in hex.
    pub fingerprint: String,
    /// The trace, for job rows.
    pub trace: Trace,
    /// The reader's language.
    pub lang: Lang,
    /// Only what would happen is asked (`Prefer: dry-run`); such a request needs no key.
    pub dry_run: bool,
    /// Method and address pattern, for the chronicle.
    pub what: String,
}

/// A signed-in request with a key, before its body is known.
#[derive(Debug, Clone)]
pub struct Keyed {
    actor: Actor,
    key: String,
    trace: Trace,
    lang: Lang,
    line: String,
    dry_run: bool,
    what: String,
}

impl Keyed {
    /// The facts, once the canonical body is known.
    pub fn with_body(self, canonical: &[u8]) -> Facts {
        let mut digest = Sha256::new();
        for part in [self.line.as_bytes(), self.actor.subject.as_bytes(), canonical] {
            // A length before each part keeps two different requests from running together.
            digest.update(part.len().to_be_bytes());
            digest.update(part);
        }
        Facts {
            fingerprint: hex::encode(digest.finalize()),
            actor: self.actor,
            key: self.key,
            trace: self.trace,
            lang: self.lang,
            dry_run: self.dry_run,
            what: self.what,
        }
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
}

impl FromRequest for Keyed {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let asker = Asker::from_request(req, payload);
        // The bytes of an upload cannot be taken back, so there the wish is not followed (RFC 7240 allows it).
        let dry_run = rehearsal::is_asked(req.headers()) && !req.path().starts_with("/v1/uploads");
        let key = if dry_run { Ok(String::new()) } else { key_of(req) };
        let trace = Trace::from_request(req, payload);
        let lang = Language::of(req.headers()).0;
        let line = format!("{} {}", req.method(), req.path());
        let what = format!("{} {}", req.method(), req.match_pattern().unwrap_or_default());
        Box::pin(async move {
            let actor = asker.await?.0;
            let Ok(trace) = trace.await;
            Ok(Self { actor, key: key?, trace, lang, line, dry_run, what })
        })
    }
}

fn key_of(req: &HttpRequest) -> Result<String, Problem> {
    let value = req.headers().get("idempotency-key").ok_or(Code::IdempotencyKeyMissing)?;
    let key = value.to_str().map_err(|_| Code::IdempotencyKeyInvalid)?.trim_matches('"');
    let fits = !key.is_empty() && key.len() <= LONGEST && key.bytes().all(|b| b.is_ascii_graphic());
    if fits { Ok(key.to_owned()) } else { Err(Code::IdempotencyKeyInvalid.into()) }
}
