//! The digests the payment wires sign with, and the comparison that tells nothing by its time.

use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Lower-case hex SHA-256, always 64 digits.
pub(crate) fn sha256_hex(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// Lower-case hex HMAC-SHA256, always 64 digits.
pub(crate) fn hmac_sha256_hex(text: &str, key: &SecretString) -> String {
    hex::encode(mac::<Hmac<Sha256>>(text, key))
}

/// HMAC-SHA1 in Base64 with padding, always 28 characters.
pub(crate) fn hmac_sha1_base64(text: &str, key: &SecretString) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(mac::<Hmac<Sha1>>(text, key))
}

fn mac<M: Mac + hmac::digest::KeyInit>(text: &str, key: &SecretString) -> Vec<u8> {
    // Keys of any length are taken (RFC 2104), so that no key means no digest, which fits nothing.
    let Ok(mut mac) = <M as Mac>::new_from_slice(key.expose_secret().as_bytes()) else {
        return Vec::new();
    };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Whether a signature is the one made, in a time that does not depend on how much of it is.
pub(crate) fn fits(made: &str, claimed: &str) -> bool {
    !made.is_empty() && bool::from(made.as_bytes().ct_eq(claimed.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Computed with Python's hmac and hashlib.
    #[test]
    fn the_digests_are_those_that_python_computes() {
        let key = SecretString::from("khoa-bi-mat-thu-nghiem");

        assert_eq!(
            sha256_hex("Nộp lệ phí"),
            "9cd091dade520d3fe5b202ef8f80b2c89592b74e3cc5a159d6e73ef686cfd18e"
        );
        assert_eq!(
            hmac_sha256_hex("Nộp lệ phí", &key),
            "adbf5dfdde7efc97989e9412cbbbb40ba9fe40bbf63cd81a608a419e33507f9c"
        );
        assert_eq!(hmac_sha1_base64("Nộp lệ phí", &key), "Uv4xPegSZ+9r5xoj6EydaWuhca4=");
    }

    #[test]
    fn a_digest_fits_only_itself_whole() {
        let digest = sha256_hex("bat dau 0");

        assert!(digest.starts_with('0'), "a digest with a leading zero keeps it");
        assert!(fits(&digest, &digest));
        for other in [digest.trim_start_matches('0'), &digest.to_uppercase(), &format!("{digest}0"), "", " "]
        {
            assert!(!fits(&digest, other), "{other}");
        }
        assert!(!fits("", ""));
    }
}
