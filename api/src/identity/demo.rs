//! The demo's own issuer: a key made at the start, tokens for people who do not exist.

use super::issuers::{IssuerKind, IssuerSettings};
use crate::problems::{Code, Problem};
use crate::settings::UnsafeSettings;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

/// Audience of tokens for this office.
const AUDIENCE: &str = "motcua";

/// One person the demo can sign in.
#[derive(Debug, Clone)]
pub struct DemoPerson {
    /// Key to ask for, such as `nguyen-van-an`.
    pub key: String,
    /// Name for people to read.
    pub name: String,
    /// What it is.
    pub account: DemoAccount,
}

/// What a demo person is.
#[derive(Debug, Clone)]
pub enum DemoAccount {
    /// A citizen with a personal id.
    Citizen {
        /// Synthetic personal id.
        personal_id: String,
    },
    /// Somebody who acts for an organisation.
    Organisation {
        /// Synthetic tax code.
        tax_code: String,
    },
    /// An officer; roles come from the assignments of the office.
    Officer,
    /// A machine client with scopes.
    Machine {
        /// Scopes, parted by blanks.
        scope: String,
    },
}

/// Issues tokens in the demo, and only there.
pub struct DemoIssuer {
    issuer: String,
    people: Vec<DemoPerson>,
    key: EncodingKey,
    key_id: String,
    keys: JwkSet,
}

impl std::fmt::Debug for DemoIssuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DemoIssuer({}, {} people)", self.issuer, self.people.len())
    }
}

impl DemoIssuer {
    /// Makes a key and starts. Refuses in words when this office is not a demo.
    pub fn start(demo: bool, public_url: &str, people: Vec<DemoPerson>) -> Result<Self, UnsafeSettings> {
        if !demo {
            return Err(UnsafeSettings(
                "the demo issuer signs in anybody without a password; it does not start while [api] demo is false".into(),
            ));
        }
        let key = EncodingKey::from_ed_der(&pkcs8(&rand::random()));
        let mut public = Jwk::from_encoding_key(&key, Algorithm::EdDSA)
            .map_err(|e| UnsafeSettings(format!("the demo issuer could not make a key: {e}")))?;
        let key_id = format!("demo-{:08x}", rand::random::<u32>());
        public.common.key_id = Some(key_id.clone());
        Ok(Self {
            issuer: format!("{public_url}/demo"),
            people,
            key,
            key_id,
            keys: JwkSet { keys: vec![public] },
        })
    }

    /// A token for the person of this key, good for eight hours; 404 when there is none.
    pub fn token(&self, person: &str, at: DateTime<Utc>) -> Result<String, Problem> {
        let person = self.people.iter().find(|p| p.key == person).ok_or(Code::NotFound)?;
        self.signed(&claims(&self.issuer, person, at))
    }

    /// Signs any claims; for tests of what the office refuses.
    pub fn signed(&self, claims: &Value) -> Result<String, Problem> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(self.key_id.clone());
        encode(&header, claims, &self.key).map_err(|_| Code::Internal.into())
    }

    /// `issuer|key`, as in `Actor::subject` and in assignments.
    pub fn subject_of(&self, person: &str) -> String {
        format!("{}|{person}", self.issuer)
    }

    /// Everybody it can sign in.
    pub fn people(&self) -> &[DemoPerson] {
        &self.people
    }

    /// Its public keys.
    pub fn keys(&self) -> &JwkSet {
        &self.keys
    }

    /// How the office is told to trust it.
    pub fn settings(&self) -> IssuerSettings {
        IssuerSettings {
            issuer: self.issuer.clone(),
            kind: IssuerKind::Demo,
            jwks_uri: None,
            allow_private: false,
            jwks: Some(self.keys.clone()),
            audiences: vec![AUDIENCE.into()],
            logout_audiences: Vec::new(),
            algorithms: vec![Algorithm::EdDSA],
            min_assurance: 1,
        }
    }
}

fn claims(issuer: &str, person: &DemoPerson, at: DateTime<Utc>) -> Value {
    let mut claims = json!({
        "iss": issuer, "sub": person.key, "aud": AUDIENCE, "name": person.name, "motcua_demo": true, "loAs": "LoA2",
        "iat": at.timestamp(), "nbf": at.timestamp(), "exp": (at + TimeDelta::hours(8)).timestamp(),
    });
    let own = match &person.account {
        DemoAccount::Citizen { personal_id } => {
            json!({"LoaiTaiKhoan": 1, "HoVaTen": person.name, "SoDinhDanh": personal_id})
        }
        DemoAccount::Organisation { tax_code } => {
            json!({"LoaiTaiKhoan": 2, "TenDoanhNghiep": person.name, "MaSoThue": tax_code})
        }
        DemoAccount::Officer => json!({}),
        DemoAccount::Machine { scope } => {
            json!({"preferred_username": format!("service-account-{}", person.key), "scope": scope})
        }
    };
    if let (Some(claims), Value::Object(own)) = (claims.as_object_mut(), own) {
        claims.extend(own);
    }
    claims
}

/// A private Ed25519 key in PKCS #8 (RFC 8410 §7): a fixed head of 16 bytes, then the seed.
fn pkcs8(seed: &[u8; 32]) -> Vec<u8> {
    const HEAD: [u8; 16] =
        [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
    [HEAD.as_slice(), seed.as_slice()].concat()
}
