//! What clients show at the door: cursors, signed links, tokens and proofs.

use crate::requests::{CITIZEN, House};
use crate::{halves, text};
use api::identity::Shown;
use api::manners::cursor::CursorKey;
use chrono::{DateTime, Utc};
use entities::links::{Opens, Worth, judge};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::sync::LazyLock;
use uuid::Uuid;

static KEY: LazyLock<CursorKey> = LazyLock::new(|| CursorKey::new(&secret()).expect("a long secret"));

fn secret() -> SecretString {
    SecretString::from("a secret of the fuzzers, which is long enough")
}

pub(crate) fn cursors(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    assert!(KEY.open::<Value>("dossiers", text).is_err(), "nobody made this cursor");
    let sealed = KEY.seal("dossiers", &text).expect("a text can be a position");
    if text.len() < 1_000 {
        assert_eq!(KEY.open::<String>("dossiers", &sealed).ok().as_deref(), Some(text));
    }
    assert!(KEY.open::<String>("drafts", &sealed).is_err(), "a cursor serves its own list alone");
}

pub(crate) fn links(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (expires, signature) = halves(text);
    let expires = expires.parse().unwrap_or(i64::MAX);
    for opens in [Opens::File, Opens::Result] {
        let worth = judge(&secret(), (opens, Uuid::nil()), (expires, signature), DateTime::<Utc>::UNIX_EPOCH);
        assert_eq!(worth, Worth::Wrong, "nobody signed this link");
    }
}

pub(crate) fn access_tokens(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    House::open(|house| {
        let shown = Shown { token: text.to_owned(), ..Shown::default() };
        assert!(house.verified(&shown).is_err(), "nobody signed this token");
    });
}

/// The payload as the issuer itself would sign it: a mad issuer is no reason to fall.
pub(crate) fn claims(bytes: &[u8]) {
    let Ok(claims) = serde_json::from_slice::<Value>(bytes) else { return };
    House::open(|house| {
        let token = house.signed(&claims);
        let meant = claims["aud"] == json!("motcua") || claims["aud"].is_array();
        let known = house.verified(&Shown { token, ..Shown::default() });
        assert!(meant || known.is_err(), "a token for somebody else was taken: {claims}");
    });
}

pub(crate) fn proofs(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    House::open(|house| {
        let mut claims = house.claims_of(CITIZEN);
        claims["cnf"] = json!({"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"});
        let shown = Shown {
            token: house.signed(&claims),
            dpop: true,
            proof: Some(text.to_owned()),
            method: "GET".to_owned(),
            url: "http://office.test/v1/dossiers".to_owned(),
            ..Shown::default()
        };
        assert!(house.verified(&shown).is_err(), "nobody here holds that key");
    });
}
