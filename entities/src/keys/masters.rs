//! Masters: secrets from outside the database that wrap the data keys and nothing else.

use super::envelope::Cipher;
use crate::error::Error;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// The master in use, and former ones that may still open.
#[derive(Debug)]
pub struct Masters {
    /// Wraps what is new.
    pub now: Master,
    former: Vec<Master>,
}

impl Masters {
    /// Fails when one of them is shorter than 32 characters.
    pub fn new(now: &SecretString, former: &[SecretString]) -> Result<Self, Error> {
        let former = former.iter().map(Master::new).collect::<Result<_, _>>()?;
        Ok(Self { now: Master::new(now)?, former })
    }

    /// The master of this id, when it is at hand.
    pub fn of(&self, id: &str) -> Option<&Master> {
        self.all().find(|master| master.id == id)
    }

    /// All at hand, the one in use first.
    pub fn all(&self) -> impl Iterator<Item = &Master> {
        std::iter::once(&self.now).chain(&self.former)
    }
}

/// One master; its secret is not kept, only what was derived from it.
pub struct Master {
    /// Eight hex digits by which its rows are known; tells nothing about it.
    pub id: String,
    cipher: Cipher,
    /// The key that sealed texts before there was a ring.
    pub(super) sealing: [u8; 32],
    /// The key of the blind indices before there was a ring.
    pub(super) index: [u8; 32],
}

impl std::fmt::Debug for Master {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Master({})", self.id)
    }
}

impl Master {
    /// Derives what it works with. Fails when the secret is shorter than 32 characters.
    pub fn new(secret: &SecretString) -> Result<Self, Error> {
        if secret.expose_secret().chars().count() < 32 {
            return Err(Error::Sealed("the master secret is shorter than 32 characters"));
        }
        let derived = |purpose: &str| -> [u8; 32] {
            Sha256::new().chain_update(purpose).chain_update(secret.expose_secret()).finalize().into()
        };
        let wrapping = derived("motcua wrap 1|");
        Ok(Self {
            id: named(&wrapping),
            cipher: Cipher::new(wrapping),
            sealing: derived("motcua seal 1|"),
            index: derived("motcua index 1|"),
        })
    }

    /// Wraps a key for the row it is kept in.
    pub fn wrap(&self, place: &str, key: &[u8; 32]) -> Result<String, Error> {
        self.cipher.shut(place, key)
    }

    /// Unwraps what [`Master::wrap`] wrapped.
    pub fn unwrap(&self, place: &str, wrapped: &str) -> Result<[u8; 32], Error> {
        let key = self.cipher.unshut(place, wrapped)?;
        key.try_into().map_err(|_| Error::Sealed("a key of a wrong length"))
    }
}

/// A name of a key that tells nothing about it: the first eight hex digits of its SHA-256.
pub(super) fn named(key: &[u8; 32]) -> String {
    Sha256::digest(key).iter().take(4).map(|b| format!("{b:02x}")).collect()
}
