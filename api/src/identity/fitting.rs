//! Which public key can have made a signature of an algorithm.

use jsonwebtoken::Algorithm;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse};

/// Fewest characters of an RSA modulus in base64url: 2048 bits (RFC 7518 §3.3).
const MODULUS: usize = 342;

/// The key named `kid` that fits; or the only fitting key of a set, when the token names none.
pub(super) fn chosen(set: &JwkSet, kid: Option<&str>, algorithm: Algorithm) -> Option<Jwk> {
    let mut fitting = set.keys.iter().filter(|key| fits(key, algorithm));
    match kid {
        Some(kid) => fitting.find(|key| key.common.key_id.as_deref() == Some(kid)).cloned(),
        None => fitting.next().filter(|_| fitting.next().is_none()).cloned(),
    }
}

/// Type, curve, length and purpose of the key agree with the algorithm.
pub(super) fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let made_for = key.common.key_algorithm.is_none_or(|told| Some(told) == named(algorithm));
    let signs = key.common.public_key_use.as_ref().is_none_or(|told| *told == PublicKeyUse::Signature);
    let shaped = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::RSA(key), Algorithm::RS256) => key.n.len() >= MODULUS,
        (AlgorithmParameters::EllipticCurve(key), Algorithm::ES256) => key.curve == EllipticCurve::P256,
        (AlgorithmParameters::OctetKeyPair(key), Algorithm::EdDSA) => key.curve == EllipticCurve::Ed25519,
        _ => false,
    };
    made_for && signs && shaped
}

fn named(algorithm: Algorithm) -> Option<KeyAlgorithm> {
    match algorithm {
        Algorithm::RS256 => Some(KeyAlgorithm::RS256),
        Algorithm::ES256 => Some(KeyAlgorithm::ES256),
        Algorithm::EdDSA => Some(KeyAlgorithm::EdDSA),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn key(changes: Value) -> Jwk {
        let mut key = json!({"kty": "EC", "crv": "P-256", "kid": "a", "x": "AA", "y": "AA"});
        key.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        serde_json::from_value(key).unwrap()
    }

    #[test]
    fn a_key_signs_only_what_its_type_curve_length_and_purpose_allow() {
        let rsa = |n: usize| key(json!({"kty": "RSA", "n": "A".repeat(n), "e": "AQAB"}));
        for (key, algorithm, good) in [
            (key(json!({})), Algorithm::ES256, true),
            (key(json!({"use": "sig", "alg": "ES256"})), Algorithm::ES256, true),
            (key(json!({"use": "enc"})), Algorithm::ES256, false),
            (key(json!({"alg": "ES384"})), Algorithm::ES256, false),
            (key(json!({"alg": "ES512-of-tomorrow"})), Algorithm::ES256, false),
            (key(json!({"crv": "P-384"})), Algorithm::ES256, false),
            (key(json!({})), Algorithm::RS256, false),
            (key(json!({})), Algorithm::EdDSA, false),
            (rsa(342), Algorithm::RS256, true),
            (rsa(171), Algorithm::RS256, false),
            (rsa(342), Algorithm::ES256, false),
            (key(json!({"kty": "OKP", "crv": "Ed25519"})), Algorithm::EdDSA, true),
            (key(json!({"kty": "oct", "k": "c2VjcmV0"})), Algorithm::HS256, false),
        ] {
            assert_eq!(fits(&key, algorithm), good, "{key:?} {algorithm:?}");
        }
    }

    #[test]
    fn a_token_without_a_key_id_is_read_when_one_key_alone_fits() {
        let set = |keys: Vec<Jwk>| JwkSet { keys };
        let one = set(vec![key(json!({"use": "enc", "kid": "b"})), key(json!({}))]);
        let two = set(vec![key(json!({"kid": "b"})), key(json!({}))]);

        assert_eq!(chosen(&one, None, Algorithm::ES256), Some(key(json!({}))));
        assert_eq!(chosen(&two, None, Algorithm::ES256), None);
        assert_eq!(chosen(&two, Some("b"), Algorithm::ES256), Some(key(json!({"kid": "b"}))));
        assert_eq!(chosen(&two, Some("../b"), Algorithm::ES256), None);
    }
}
