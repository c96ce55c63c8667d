//! `MaXacThuc`: lower-case hex SHA-256 of the values joined by `|`, the partner's secret last (law.md §4.3).

use crate::payment::signing;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// Signs values in the order their message prescribes.
pub(crate) fn sign(values: &[&str], secret: &SecretString) -> String {
    let mut hash = Sha256::new();
    for value in values {
        hash.update(value.as_bytes());
        hash.update(b"|");
    }
    hash.update(secret.expose_secret().as_bytes());
    hex::encode(hash.finalize())
}

/// Whether a signature fits, in a time that does not depend on how much of it does.
pub(super) fn fits(values: &[&str], secret: &SecretString, claimed: &str) -> bool {
    signing::fits(&sign(values, secret), claimed)
}
