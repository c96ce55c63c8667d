//! Links for somebody without an account here: signed, for one thing, and good until they expire.

use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use uuid::Uuid;

/// What a link opens; one for a file opens no result that has the same key, and the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// A file.
    File,
    /// The file of a result, by a link of `result_links`.
    Result,
}

/// What a link is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// It opens.
    Good,
    /// It was ours and has expired.
    Ended,
    /// It was never made here.
    Wrong,
}

/// The query string that lets a file be fetched until `expires_at`: `expires=<unix seconds>&signature=<hex>`.
pub fn sign(secret: &SecretString, file: Uuid, expires_at: DateTime<Utc>) -> String {
    sign_for(secret, Opens::File, file, expires_at)
}

/// The query string of a link that opens this.
pub fn sign_for(secret: &SecretString, opens: Opens, id: Uuid, expires_at: DateTime<Utc>) -> String {
    let expires = expires_at.timestamp();
    let signature = mac(secret, opens, id, expires).map(|mac| hex::encode(mac.finalize().into_bytes()));
    format!("expires={expires}&signature={}", signature.unwrap_or_default())
}

/// True when `signature` was made for this file and this `expires` (unix seconds), and that is not past at `at`.
///
/// The signature is compared in constant time.
pub fn verify(secret: &SecretString, file: Uuid, expires: i64, signature: &str, at: DateTime<Utc>) -> bool {
    judge(secret, (Opens::File, file), (expires, signature), at) == Worth::Good
}

/// What a link is worth at `at`: as [`verify`], told apart from one that has only expired.
pub fn judge(
    secret: &SecretString,
    (opens, id): (Opens, Uuid),
    (expires, signature): (i64, &str),
    at: DateTime<Utc>,
) -> Worth {
    let Ok(given) = hex::decode(signature) else {
        return Worth::Wrong;
    };
    let genuine = mac(secret, opens, id, expires).is_some_and(|mac| mac.verify_slice(&given).is_ok());
    match (genuine, at.timestamp() <= expires) {
        (true, true) => Worth::Good,
        (true, false) => Worth::Ended,
        (false, _) => Worth::Wrong,
    }
}

/// None for an empty secret: nothing signed with it may be believed.
fn mac(secret: &SecretString, opens: Opens, id: Uuid, expires: i64) -> Option<Hmac<Sha256>> {
    let secret = secret.expose_secret();
    let keyed = <Hmac<Sha256> as Mac>::new_from_slice(secret.as_bytes());
    let mut mac = keyed.ok().filter(|_| !secret.is_empty())?;
    mac.update(match opens {
        Opens::File => b"motcua file link 1|".as_slice(),
        Opens::Result => b"motcua result link 1|".as_slice(),
    });
    mac.update(id.as_bytes());
    mac.update(&expires.to_be_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn signature(query: &str) -> &str {
        query.split_once("signature=").unwrap().1
    }

    #[test]
    fn a_link_is_good_until_it_expires() {
        let (secret, file) = (SecretString::from("liên kết"), Uuid::from_u128(7));

        let query = sign(&secret, file, at(1_000));

        assert!(query.starts_with("expires=1000&signature="), "{query}");
        assert!(verify(&secret, file, 1_000, signature(&query), at(1_000)));
        assert!(!verify(&secret, file, 1_000, signature(&query), at(1_001)));
    }

    #[test]
    fn a_link_is_good_for_nothing_else() {
        let (secret, file) = (SecretString::from("liên kết"), Uuid::from_u128(7));
        let query = sign(&secret, file, at(1_000));
        let made = signature(&query);

        assert!(!verify(&secret, Uuid::from_u128(8), 1_000, made, at(1)), "another file");
        assert!(!verify(&secret, file, 2_000, made, at(1)), "a later end");
        assert!(!verify(&SecretString::from("khác"), file, 1_000, made, at(1)), "another secret");
        let shorter: String = made.chars().skip(2).collect();
        for bad in ["", "00", "zz", shorter.as_str()] {
            assert!(!verify(&secret, file, 1_000, bad, at(1)), "{bad}");
        }
    }

    #[test]
    fn a_link_to_a_result_is_no_link_to_a_file_and_says_when_it_has_ended() {
        let (secret, id) = (SecretString::from("liên kết"), Uuid::from_u128(7));
        let query = sign_for(&secret, Opens::Result, id, at(1_000));
        let told = |opens, now| judge(&secret, (opens, id), (1_000, signature(&query)), at(now));

        assert_eq!(told(Opens::Result, 1_000), Worth::Good);
        assert_eq!(told(Opens::Result, 1_001), Worth::Ended);
        assert_eq!(told(Opens::File, 1_000), Worth::Wrong);
    }

    #[test]
    fn an_empty_secret_signs_nothing() {
        let (none, file) = (SecretString::default(), Uuid::from_u128(7));

        assert_eq!(sign(&none, file, at(1)), "expires=1&signature=");
        assert!(!verify(&none, file, 1, "", at(1)));
    }
}
