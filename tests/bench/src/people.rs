//! A test issuer of the national kind, and the tokens of people who do not exist.

use api::identity::demo::DemoIssuer;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Signs tokens that the office checks like any national ones.
pub struct Issuer(DemoIssuer);

const NAME: &str = "https://sso.bench.test";

impl Issuer {
    /// With a new key.
    pub fn start() -> Self {
        Self(DemoIssuer::start(true, NAME, Vec::new()).unwrap())
    }

    /// As the office's settings name it.
    pub fn settings(&self) -> Value {
        json!({
            "issuer": NAME, "kind": "national_sso", "jwks": self.0.keys(), "audiences": ["motcua"],
            "algorithms": ["EdDSA"], "min_assurance": 2,
        })
    }

    /// A token of citizen number `n`.
    pub fn citizen(&self, n: usize, at: DateTime<Utc>) -> String {
        let claims = json!({
            "LoaiTaiKhoan": 1, "HoVaTen": "Nguyễn Thị Mẫu", "SoDinhDanh": citizen_id(n), "sub": format!("cd-{n}"),
        });
        self.signed(claims, at)
    }

    /// A token of an officer, whose roles the office keeps.
    pub fn officer(&self, key: &str, at: DateTime<Utc>) -> String {
        self.signed(json!({"HoVaTen": "Hoàng Văn Cửa", "sub": key}), at)
    }

    fn signed(&self, mut claims: Value, at: DateTime<Utc>) -> String {
        let now = at.timestamp();
        let usual =
            json!({"iss": NAME, "aud": "motcua", "loAs": "LoA2", "nbf": now - 5, "exp": now + 28_800});
        claims.as_object_mut().unwrap().extend(usual.as_object().unwrap().clone());
        self.0.signed(&claims).unwrap()
    }
}

/// `issuer|sub` of an officer.
pub fn subject(key: &str) -> String {
    format!("{NAME}|{key}")
}

/// Synthetic personal id of citizen number `n`.
pub fn citizen_id(n: usize) -> String {
    format!("0061990{n:05}")
}
