//! Personal data at rest: sealed texts, blind indices for equality, secrets derived from ids.

use crate::database::Database;
use crate::error::Error;
use crate::keys::envelope::Cipher;
use crate::keys::masters::Masters;
use crate::keys::ring::{self, Ring};
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use secrecy::SecretString;
use sha2::Sha256;
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Notify;
use uuid::Uuid;

/// Seals and opens personal data with the data keys of the office.
///
/// A sealed text is `s2.<key id>.<nonce>.<ciphertext>`, base64; those of before there was a ring begin with `s1`.
#[derive(Debug, Clone)]
pub struct Sealer {
    ring: Arc<RwLock<Arc<Ring>>>,
    masters: Arc<Masters>,
    missing: Arc<Notify>,
}

impl Sealer {
    /// Works with what follows from the master alone, without a database. Fails when it is shorter than 32 characters.
    pub fn new(master: &SecretString) -> Result<Self, Error> {
        let masters = Masters::new(master, &[])?;
        Ok(Self::over(Ring::derived(&masters.now), masters))
    }

    /// Unlocks the data keys of an office, and makes the first ones. Fails when a key is wrapped by a master that is not
    /// at hand, or when the tables are missing.
    pub async fn unlock(db: &Database, masters: Masters, at: DateTime<Utc>) -> Result<Self, Error> {
        let ring = ring::read_or_make(db, &masters, at).await?;
        Ok(Self::over(ring, masters))
    }

    fn over(ring: Ring, masters: Masters) -> Self {
        let missing = Arc::default();
        Self { ring: Arc::new(RwLock::new(Arc::new(ring))), masters: Arc::new(masters), missing }
    }

    /// Reads the data keys again: those made since become known, and seal when their time has come. Where this fails, the
    /// keys known before go on working.
    pub async fn refresh(&self, db: &Database, at: DateTime<Utc>) -> Result<(), Error> {
        let ring = Arc::new(ring::read(db, &self.masters, at).await?);
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = ring;
        Ok(())
    }

    /// Resolves when a text was met whose key is not at hand.
    pub async fn missed(&self) {
        self.missing.notified().await;
    }

    /// Somebody met this error; when a key was missing, the ring is to be read again.
    pub fn met(&self, error: &Error) {
        if matches!(error, Error::KeyUnknown(_)) {
            self.missing.notify_one();
        }
    }

    /// The keys at hand.
    pub fn ring(&self) -> Arc<Ring> {
        Arc::clone(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Seals `plain` for `owner`, a row or column it cannot be moved away from.
    pub fn seal(&self, owner: &str, plain: &str) -> Result<String, Error> {
        let ring = self.ring();
        let (id, cipher) = ring.values()?;
        Ok(format!("s2.{id}.{}", cipher.shut(owner, plain.as_bytes())?))
    }

    /// Opens what was sealed for `owner`. Fails when the text was moved, changed or sealed with another key.
    pub fn open(&self, owner: &str, sealed: &str) -> Result<String, Error> {
        if let Some(blank) = crate::erasing::blanks::opened(sealed) {
            return Ok(blank.into());
        }
        let (id, text) = parts(sealed)?;
        let ring = self.ring();
        let cipher = ring.opener(id).inspect_err(|error| self.met(error))?;
        String::from_utf8(cipher.unshut(owner, text)?).map_err(|_| Error::Sealed("not text"))
    }

    /// Equal values give equal indices; the value cannot be read back. `kind` keeps phone numbers and ids apart.
    pub fn index(&self, kind: &str, value: &str) -> String {
        hex::encode(self.mac(&[kind.as_bytes(), b"|", value.trim().as_bytes()]))
    }

    /// The look-up secret printed on the receipt of a dossier (C-16): never stored, always derivable.
    pub fn lookup_secret(&self, dossier: Uuid) -> String {
        let mac = self.mac(&[b"look-up|", dossier.as_bytes()]);
        let mut bytes = [0_u8; 8];
        for (to, from) in bytes.iter_mut().zip(mac) {
            *to = from;
        }
        rules::codes::lookup_secret(bytes)
    }

    /// A new key for one dossier, wrapped for its row by the key that seals now.
    pub fn new_own_key(&self, dossier: Uuid) -> Result<String, Error> {
        self.seal(&own_key_of(dossier), &hex::encode(rand::random::<[u8; 32]>()))
    }

    /// Seals and opens what is about one dossier with the dossier's own key, where it has one.
    pub fn own(&self, dossier: Uuid, key_wrapped: Option<&str>) -> Result<OwnSealer<'_>, Error> {
        let key = key_wrapped.map(|wrapped| self.open(&own_key_of(dossier), wrapped)).transpose()?;
        let mut bytes = [0_u8; 32];
        let Some(key) = key else { return Ok(OwnSealer { sealer: self, own: None }) };
        hex::decode_to_slice(key, &mut bytes).map_err(|_| Error::Sealed("a key of a wrong length"))?;
        Ok(OwnSealer { sealer: self, own: Some(Cipher::new(bytes)) })
    }

    fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(self.ring().index()) else {
            return [0; 32];
        };
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// What a sealed text turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// The text.
    Text(String),
    /// Nobody can read it any more: the key of its dossier was forgotten.
    Erased,
}

impl Opened {
    /// The text, or what stands in its place.
    pub fn or_marked(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Erased => ERASED.into(),
        }
    }

    /// The text; none when it was erased.
    pub fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Erased => None,
        }
    }
}

/// What is shown in the place of words that were erased.
pub const ERASED: &str = crate::erasing::blanks::NOBODY;

/// Key id of texts that were sealed with the own key of a dossier.
const OWN: &str = "own";

/// Seals and opens what is about one dossier.
///
/// Once its key is forgotten, nothing that was sealed with it opens again; what is written later is sealed by the ring.
#[derive(Debug, Clone)]
pub struct OwnSealer<'a> {
    sealer: &'a Sealer,
    own: Option<Cipher>,
}

impl OwnSealer<'_> {
    /// Seals `plain` for `owner`, a row or column it cannot be moved away from.
    pub fn seal(&self, owner: &str, plain: &str) -> Result<String, Error> {
        match &self.own {
            Some(own) => Ok(format!("s2.{OWN}.{}", own.shut(owner, plain.as_bytes())?)),
            None => self.sealer.seal(owner, plain),
        }
    }

    /// Opens what was sealed for `owner`, whichever key it was, and what was blanked. Fails when the text was moved or
    /// changed.
    pub fn open(&self, owner: &str, sealed: &str) -> Result<Opened, Error> {
        if let Some(blank) = crate::erasing::blanks::opened(sealed) {
            return Ok(Opened::Text(blank.into()));
        }
        let (id, text) = parts(sealed)?;
        if id != OWN {
            return self.sealer.open(owner, sealed).map(Opened::Text);
        }
        let Some(own) = &self.own else { return Ok(Opened::Erased) };
        let opened = String::from_utf8(own.unshut(owner, text)?);
        opened.map(Opened::Text).map_err(|_| Error::Sealed("not text"))
    }
}

/// The place the own key of a dossier is wrapped for.
fn own_key_of(dossier: Uuid) -> String {
    format!("dossier_key:{dossier}")
}

/// Key id, and nonce with ciphertext.
fn parts(sealed: &str) -> Result<(&str, &str), Error> {
    let text = sealed.strip_prefix("s2.").or_else(|| sealed.strip_prefix("s1."));
    text.and_then(|text| text.split_once('.')).ok_or(Error::Sealed("not a sealed text"))
}
