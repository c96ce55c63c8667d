//! AES-256-GCM for one place: what was put in cannot be read, changed, or moved elsewhere.

use crate::error::Error;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use std::sync::Arc;

/// A key of 32 bytes, ready to work; never shown.
#[derive(Clone)]
pub struct Cipher(Arc<Aes256Gcm>);

impl std::fmt::Debug for Cipher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cipher(…)")
    }
}

impl Cipher {
    /// With this key.
    pub fn new(key: [u8; 32]) -> Self {
        Self(Arc::new(Aes256Gcm::new(&Key::<Aes256Gcm>::from(key))))
    }

    /// `<nonce>.<ciphertext>`, base64, good for `place` alone.
    pub fn shut(&self, place: &str, plain: &[u8]) -> Result<String, Error> {
        let nonce: [u8; 12] = rand::random();
        let sealed = self.encrypt(nonce, place.as_bytes(), plain)?;
        Ok(format!("{}.{}", STANDARD_NO_PAD.encode(nonce), STANDARD_NO_PAD.encode(sealed)))
    }

    /// What [`Cipher::shut`] took in. Fails when it was moved, changed, or shut with another key.
    pub fn unshut(&self, place: &str, shut: &str) -> Result<Vec<u8>, Error> {
        let (nonce, text) = shut.split_once('.').ok_or(Error::Sealed("not a sealed text"))?;
        let bytes = |text: &str| STANDARD_NO_PAD.decode(text).map_err(|_| Error::Sealed("not base64"));
        let nonce: [u8; 12] =
            bytes(nonce)?.try_into().map_err(|_| Error::Sealed("nonce of a wrong length"))?;
        self.decrypt(nonce, place.as_bytes(), &bytes(text)?)
    }

    /// Raw bytes under a nonce that the caller never uses twice.
    pub fn encrypt(&self, nonce: [u8; 12], aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, Error> {
        let told = Payload { msg: plain, aad };
        self.0.encrypt(&Nonce::from(nonce), told).map_err(|_| Error::Sealed("sealing failed"))
    }

    /// The counterpart of [`Cipher::encrypt`].
    pub fn decrypt(&self, nonce: [u8; 12], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Error> {
        let told = Payload { msg: sealed, aad };
        let opened = self.0.decrypt(&Nonce::from(nonce), told);
        opened.map_err(|_| Error::Sealed("changed or moved since it was sealed"))
    }
}
