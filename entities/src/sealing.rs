//! Personal data at rest: AES-256-GCM envelopes, blind indices for equality, secrets derived from ids.

use crate::error::Error;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;

/// Seals and opens personal data with the office's master key.
///
/// A sealed text is `s1.<key id>.<nonce>.<ciphertext>`, base64; the key id lets keys rotate.
#[derive(Clone)]
pub struct Sealer {
    cipher: Arc<Aes256Gcm>,
    index_key: Arc<[u8; 32]>,
    key_id: String,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealer({})", self.key_id)
    }
}

impl Sealer {
    /// Derives the working keys from the master secret. Fails when it is shorter than 32 characters.
    pub fn new(master: &SecretString) -> Result<Self, Error> {
        if master.expose_secret().chars().count() < 32 {
            return Err(Error::Sealed("the master secret is shorter than 32 characters"));
        }
        let derived = |purpose: &str| -> [u8; 32] {
            Sha256::new().chain_update(purpose).chain_update(master.expose_secret()).finalize().into()
        };
        let key = derived("motcua seal 1|");
        let id = Sha256::digest(key).iter().take(4).map(|b| format!("{b:02x}")).collect();
        let cipher = Aes256Gcm::new(&Key::<Aes256Gcm>::from(key));
        Ok(Self { cipher: Arc::new(cipher), index_key: Arc::new(derived("motcua index 1|")), key_id: id })
    }

    /// Seals `plain` for `owner`, a row or column it cannot be moved away from.
    pub fn seal(&self, owner: &str, plain: &str) -> Result<String, Error> {
        let nonce: [u8; 12] = rand::random();
        let sealed = self
            .cipher
            .encrypt(&Nonce::from(nonce), Payload { msg: plain.as_bytes(), aad: owner.as_bytes() })
            .map_err(|_| Error::Sealed("sealing failed"))?;
        Ok(format!("s1.{}.{}.{}", self.key_id, STANDARD_NO_PAD.encode(nonce), STANDARD_NO_PAD.encode(sealed)))
    }

    /// Opens what was sealed for `owner`. Fails when the text was moved, changed or sealed with another key.
    pub fn open(&self, owner: &str, sealed: &str) -> Result<String, Error> {
        if let Some(blank) = crate::erasing::blanks::opened(sealed) {
            return Ok(blank.into());
        }
        let mut parts = sealed.split('.');
        let (Some("s1"), Some(id), Some(nonce), Some(text)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Error::Sealed("not a sealed text"));
        };
        if id != self.key_id {
            return Err(Error::Sealed("sealed with a key that is not at hand"));
        }
        let bytes = |text: &str| STANDARD_NO_PAD.decode(text).map_err(|_| Error::Sealed("not base64"));
        let nonce: [u8; 12] =
            bytes(nonce)?.try_into().map_err(|_| Error::Sealed("nonce of a wrong length"))?;
        let plain = self
            .cipher
            .decrypt(&Nonce::from(nonce), Payload { msg: &bytes(text)?, aad: owner.as_bytes() })
            .map_err(|_| Error::Sealed("changed or moved since it was sealed"))?;
        String::from_utf8(plain).map_err(|_| Error::Sealed("not text"))
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

    fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(self.index_key.as_slice()) else {
            return [0; 32];
        };
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}
