//! The key that signs the heads of chains: Ed25519, its secret half outside the database.

use crate::error::Error;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Section `[chronicle]` of the settings file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChronicleSettings {
    /// Secret half of the key that signs checkpoints, 64 hex digits; without it none are signed.
    pub signing_key: SecretString,
}

impl ChronicleSettings {
    /// The key; none when none is set. Fails when it is not 64 hex digits.
    pub fn key(&self) -> Result<Option<SigningKey>, Error> {
        if self.signing_key.expose_secret().is_empty() {
            return Ok(None);
        }
        SigningKey::new(&self.signing_key).map(Some)
    }
}

/// Signs checkpoints; cheap to clone.
#[derive(Clone)]
pub struct SigningKey {
    pair: Arc<Ed25519KeyPair>,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.id())
    }
}

impl SigningKey {
    /// Reads the 64 hex digits of the secret half.
    pub fn new(secret: &SecretString) -> Result<Self, Error> {
        let wrong = Error::Sealed("the signing key of the chronicle is not 64 hex digits");
        let seed = hex::decode(secret.expose_secret().trim()).ok().filter(|seed| seed.len() == 32);
        let Some(seed) = seed else { return Err(wrong) };
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| wrong)?;
        Ok(Self { pair: Arc::new(pair) })
    }

    /// The public half, 64 hex digits.
    pub fn public_key(&self) -> String {
        hex::encode(self.pair.public_key())
    }

    /// The name of the key: the first 16 hex digits of the SHA-256 of its public half.
    pub fn id(&self) -> String {
        name_of(self.pair.public_key().as_ref())
    }

    /// The signature over `words`, 128 hex digits.
    pub fn sign(&self, words: &str) -> Result<String, Error> {
        let signed = self.pair.try_sign(words.as_bytes());
        Ok(hex::encode(signed.map_err(|_| Error::Sealed("signing failed"))?))
    }
}

/// Whether `signature` over `words` is of the key with this public half; hex digits both.
pub fn is_signed(public_key: &str, words: &str, signature: &str) -> bool {
    let (Ok(key), Ok(signature)) = (hex::decode(public_key), hex::decode(signature)) else { return false };
    UnparsedPublicKey::new(&ED25519, key).verify(words.as_bytes(), &signature).is_ok()
}

/// Whether a public half, hex digits, goes by this name.
pub fn is_named(public_key: &str, id: &str) -> bool {
    hex::decode(public_key).is_ok_and(|key| name_of(&key) == id)
}

fn name_of(public_key: &[u8]) -> String {
    hex::encode(Sha256::digest(public_key)).chars().take(16).collect()
}
