//! A DPoP proof: a token of the client itself, signed for one request (RFC 9449 §4).

use super::fitting::fits;
use super::issuers::PINNABLE;
use super::parties::hashed;
use super::shown::Shown;
use super::trusted::signature_only;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
use jsonwebtoken::{DecodingKey, decode, decode_header};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

/// Longest proof read, in characters.
const LONGEST: usize = 8_192;

/// Seconds after which a proof is too old.
const LASTS: i64 = 60;

/// Members of a JWK that a proof must never show.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A proof whose signature is good.
pub(super) struct Proof {
    /// What it says.
    pub(super) claims: ProofClaims,
    /// SHA-256 of its key and `jti`, hex; it is taken once.
    pub(super) key: String,
}

/// The payload.
#[derive(Clone, Deserialize)]
pub(super) struct ProofClaims {
    jti: String,
    htm: String,
    htu: String,
    iat: i64,
    ath: String,
}

/// Reads a proof made with the key of this thumbprint (RFC 7638); none when anything about it is wrong.
pub(super) fn read(text: &str, thumbprint: &str) -> Option<Proof> {
    let header = decode_header(text).ok().filter(|_| text.len() <= LONGEST)?;
    let plain = header.crit.is_none() && header.enc.is_none() && header.zip.is_none();
    let typed = header.typ.as_deref().is_some_and(|typ| typ.eq_ignore_ascii_case("dpop+jwt"));
    let key = header.jwk.filter(|_| plain && typed && PINNABLE.contains(&header.alg))?;
    if !fits(&key, header.alg) || shows_private(text)? || !is_named(&key, thumbprint) {
        return None;
    }
    let by = DecodingKey::from_jwk(&key).ok()?;
    let claims: ProofClaims = decode(text, &by, &signature_only(header.alg)).ok()?.claims;
    let key = hashed(&["proof", thumbprint, &claims.jti]);
    (!claims.jti.is_empty()).then_some(Proof { claims, key })
}

fn is_named(key: &Jwk, thumbprint: &str) -> bool {
    key.thumbprint(ThumbprintHash::SHA256).is_ok_and(|own| own == thumbprint)
}

/// Whether the header gives a private key away: who wrote it may be anybody.
fn shows_private(text: &str) -> Option<bool> {
    let header = URL_SAFE_NO_PAD.decode(text.split('.').next()?).ok()?;
    let header: Value = serde_json::from_slice(&header).ok()?;
    let key = header.get("jwk")?.as_object()?;
    Some(PRIVATE.iter().any(|member| key.contains_key(*member)))
}

impl ProofClaims {
    /// It was made for this method, this address and this token.
    pub(super) fn is_for(&self, shown: &Shown) -> bool {
        let token = URL_SAFE_NO_PAD.encode(Sha256::digest(&shown.token));
        self.htm == shown.method && self.ath == token && is_same(&self.htu, &shown.url)
    }

    /// It was made within the last minute.
    pub(super) fn is_recent(&self, now: i64, leeway: i64) -> bool {
        self.iat <= now.saturating_add(leeway) && now < self.until(leeway)
    }

    /// Until when it could be shown again, in seconds.
    pub(super) fn until(&self, leeway: i64) -> i64 {
        self.iat.saturating_add(LASTS).saturating_add(leeway)
    }
}

/// The same address, without query and fragment.
fn is_same(told: &str, asked: &str) -> bool {
    let (Ok(told), Ok(asked)) = (Url::parse(told), Url::parse(asked)) else { return false };
    let anonymous = told.username().is_empty() && told.password().is_none();
    anonymous && told.origin() == asked.origin() && told.path() == asked.path()
}
