//! Tokens written letter by letter: any header, any payload, signed with a key of any kind.

use api::identity::{IssuerKind, IssuerSettings};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::crypto::sign;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_RSA_SHA256, RsaKeySize};

/// A private key with its public half named `k1`.
pub struct Forge {
    pub jwk: Jwk,
    key: EncodingKey,
    algorithm: Algorithm,
}

impl Forge {
    pub fn ed25519() -> Self {
        let head = hex::decode("302e020100300506032b657004220420").unwrap();
        let key = EncodingKey::from_ed_der(&[head.as_slice(), [7; 32].as_slice()].concat());
        Self::of(key, Algorithm::EdDSA)
    }

    pub fn rsa() -> Self {
        let pair = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
        // PKCS #8 puts 26 bytes before the key itself (PKCS #1), which is what is read here.
        Self::of(EncodingKey::from_rsa_der(&pair.serialize_der()[26..]), Algorithm::RS256)
    }

    pub fn p256() -> Self {
        let pair = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        Self::of(EncodingKey::from_ec_der(&pair.serialize_der()), Algorithm::ES256)
    }

    pub fn p384() -> Self {
        let pair = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384).unwrap();
        Self::of(EncodingKey::from_ec_der(&pair.serialize_der()), Algorithm::ES384)
    }

    fn of(key: EncodingKey, algorithm: Algorithm) -> Self {
        let mut jwk = Jwk::from_encoding_key(&key, algorithm).unwrap();
        jwk.common.key_id = Some("k1".into());
        Self { jwk, key, algorithm }
    }

    /// How an office is told to trust it: an issuer of this name with this key and algorithm.
    pub fn issuer(&self, name: &str, kind: IssuerKind) -> IssuerSettings {
        IssuerSettings {
            issuer: name.into(),
            kind,
            jwks_uri: None,
            allow_private: false,
            jwks: Some(JwkSet { keys: vec![self.jwk.clone()] }),
            audiences: vec!["motcua".into()],
            logout_audiences: Vec::new(),
            algorithms: vec![self.algorithm],
            min_assurance: 0,
        }
    }

    /// A token of these two texts.
    pub fn token(&self, header: &str, payload: &str) -> String {
        let message = unsigned(header, payload);
        let signature = sign(message.as_bytes(), &self.key, self.algorithm).unwrap();
        format!("{message}.{signature}")
    }

    /// The same, signed with HMAC and one of the things that everybody knows of the public key.
    pub fn hmac_tokens(&self, header: &str, payload: &str) -> Vec<String> {
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
        let known = match &self.jwk.algorithm {
            AlgorithmParameters::RSA(key) => vec![key.n.clone().into_bytes(), decode(&key.n)],
            AlgorithmParameters::EllipticCurve(key) => vec![key.x.clone().into_bytes(), decode(&key.x)],
            AlgorithmParameters::OctetKeyPair(key) => vec![key.x.clone().into_bytes(), decode(&key.x)],
            other => panic!("{other:?}"),
        };
        let told = serde_json::to_vec(&self.jwk).unwrap();
        let message = unsigned(header, payload);
        let signed = |secret: &Vec<u8>| {
            let key = EncodingKey::from_secret(secret);
            format!("{message}.{}", sign(message.as_bytes(), &key, Algorithm::HS256).unwrap())
        };
        known.iter().chain([&told, &Vec::new()]).map(signed).collect()
    }
}

/// Header and payload, as a signature covers them.
pub fn unsigned(header: &str, payload: &str) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload))
}
