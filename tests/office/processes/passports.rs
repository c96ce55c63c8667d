//! Issuers of the tests: the national sign-on for citizens, the province's own for officers.

use api::identity::demo::DemoIssuer;
use entities::clock::Clock;
use serde_json::{Value, json};

const NATIONAL: &str = "https://sso.national.test";
const PROVINCE: &str = "https://sso.province.test";

/// Signs people in for an hour.
pub struct Passports(DemoIssuer);

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct Person {
    /// `issuer|key`, as the office knows the person.
    pub subject: String,
    /// What the person shows.
    pub token: String,
}

impl Passports {
    pub fn new() -> Self {
        Self(DemoIssuer::start(true, PROVINCE, Vec::new()).unwrap())
    }

    /// `[[api.issuers]]`.
    pub fn settings(&self) -> Value {
        let issuer = |name: &str, kind: &str| {
            json!({
                "issuer": name, "kind": kind, "audiences": ["motcua"], "algorithms": ["EdDSA"], "jwks": self.0.keys(),
            })
        };
        json!([issuer(NATIONAL, "national_sso"), issuer(PROVINCE, "keycloak")])
    }

    /// The citizen of a number.
    pub fn citizen(&self, number: usize) -> Person {
        let personal_id = format!("0061990{number:05}");
        let claims = json!({
            "LoaiTaiKhoan": 1, "HoVaTen": format!("Người Mẫu {number}"), "SoDinhDanh": personal_id, "loAs": "LoA2",
        });
        self.person(NATIONAL, &format!("cong-dan-{number}"), claims)
    }

    /// The officer of a key; what the officer may do is written in the office itself.
    pub fn officer(&self, key: &str) -> Person {
        self.person(PROVINCE, key, json!({}))
    }

    fn person(&self, issuer: &str, key: &str, mut claims: Value) -> Person {
        let expires = Clock::system().now().timestamp() + 3_600;
        let usual = json!({"iss": issuer, "sub": key, "aud": "motcua", "exp": expires});
        claims.as_object_mut().unwrap().extend(usual.as_object().unwrap().clone());
        let token = self.0.signed(&claims).unwrap();
        Person { subject: format!("{issuer}|{key}"), token }
    }
}
