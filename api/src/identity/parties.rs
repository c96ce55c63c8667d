//! Whose tokens a logout token ends, known by a hash.

use sha2::{Digest, Sha256};

/// What a token belongs to, or a logout token ends; told as a hash, so that nobody is named in tables and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Party<'a> {
    /// One session (`sid`).
    Session(&'a str),
    /// Tokens of a person that name no session.
    Nameless(&'a str),
    /// Everything of a person.
    Person(&'a str),
}

impl Party<'_> {
    /// SHA-256 of it at its issuer, hex.
    pub(super) fn key(self, issuer: &str) -> String {
        let (kind, name) = match self {
            Self::Session(name) => ("sid", name),
            Self::Nameless(name) => ("nameless", name),
            Self::Person(name) => ("sub", name),
        };
        hashed(&[kind, issuer, name])
    }
}

/// SHA-256 of several texts, hex; a length before each keeps them from running together.
pub(super) fn hashed(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    hex::encode(digest.finalize())
}
