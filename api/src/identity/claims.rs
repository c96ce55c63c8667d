//! The claims of a token as an actor: the national claim names are spoken only here (wire.md §4).

use super::binding::Confirmation;
use super::issuers::IssuerKind;
use rules::actor::{Actor, Assignment, Role};
use serde::Deserialize;
use serde_json::Value;

/// What this office reads of a token's payload; anything else is ignored.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Claims {
    pub(super) iss: String,
    pub(super) sub: String,
    pub(super) exp: i64,
    #[serde(default)]
    pub(super) nbf: Option<i64>,
    #[serde(default)]
    pub(super) iat: Option<i64>,
    #[serde(default)]
    aud: Value,
    /// The session at the issuer (OpenID Connect Back-Channel Logout 1.0 §2.1).
    #[serde(default)]
    pub(super) sid: Option<String>,
    /// What the token is bound to.
    #[serde(default)]
    pub(super) cnf: Option<Confirmation>,
    /// What Keycloak calls its kinds of tokens: `Bearer`, `DPoP`, `ID`, `Refresh`, `Logout`.
    #[serde(default)]
    typ: Option<String>,
    /// In ID tokens alone (OpenID Connect Core §3.1.3.6).
    #[serde(default)]
    at_hash: Option<Value>,
    /// In event tokens alone (RFC 8417 §2.2), logout tokens among them.
    #[serde(default)]
    events: Option<Value>,
    /// The client it was issued to (OpenID Connect Core §2); never decides what may be done.
    #[serde(default)]
    azp: Value,
    /// The same, as RFC 9068 §2.2 calls it.
    #[serde(default)]
    client_id: Value,
    /// Set by demo issuers alone, so that their tokens betray themselves anywhere else.
    #[serde(default)]
    pub(super) motcua_demo: bool,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    preferred_username: Option<String>,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    acr: Value,
    #[serde(default, rename = "HoVaTen")]
    full_name: Option<String>,
    #[serde(default, rename = "TenDoanhNghiep")]
    company: Option<String>,
    #[serde(default, rename = "SoDinhDanh")]
    personal_id: Option<String>,
    #[serde(default, rename = "MaSoThue")]
    tax_code: Option<String>,
    #[serde(default, rename = "LoaiTaiKhoan")]
    account_type: Value,
    #[serde(default, rename = "loAs")]
    level: Value,
    #[serde(default, rename = "IAL")]
    ial: Value,
}

/// Longest `issuer|subject`, as the columns that keep it.
const SUBJECT: usize = 200;
/// Longest other text read of a token, in characters.
const TEXT: usize = 200;

impl Claims {
    /// It was issued to be sent here, and is no ID, refresh, event or logout token of the same issuer.
    pub(super) fn is_access(&self) -> bool {
        let kind = self.typ.as_deref().is_none_or(|typ| matches!(typ, "Bearer" | "DPoP"));
        kind && self.at_hash.is_none() && self.events.is_none()
    }

    /// Names a subject, and holds no text that the books of this office could not keep.
    pub(super) fn is_writable(&self) -> bool {
        let texts = [&self.name, &self.preferred_username, &self.full_name, &self.company];
        let numbers = [&self.personal_id, &self.tax_code];
        let plain = |text: &str| text.chars().count() <= TEXT && !text.chars().any(char::is_control);
        let subject = self.iss.chars().count() + 1 + self.sub.chars().count() <= SUBJECT;
        let written = texts.into_iter().chain(numbers).flatten().all(|text| plain(text));
        !self.sub.is_empty() && plain(&self.sub) && subject && written
    }

    /// One of `audiences` is among the token's.
    pub(super) fn meant_for(&self, audiences: &[String]) -> bool {
        is_among(&self.aud, audiences)
    }

    /// The client it was issued to, where the issuer tells.
    pub(super) fn client(&self) -> Option<&str> {
        self.azp.as_str().or(self.client_id.as_str()).filter(|client| !client.is_empty())
    }

    /// Level of assurance of the sign-in, 0 when unknown.
    pub(super) fn assurance(&self) -> u8 {
        [&self.level, &self.ial, &self.acr].into_iter().filter_map(digit).max().unwrap_or(0)
    }

    /// A machine client's token: Keycloak names its service accounts so.
    pub(super) fn is_machine(&self, kind: IssuerKind) -> bool {
        let named =
            self.preferred_username.as_deref().is_some_and(|name| name.starts_with("service-account-"));
        named && matches!(kind, IssuerKind::Keycloak | IssuerKind::Demo)
    }

    /// The actor without the roles kept by this office.
    pub(super) fn actor(self, kind: IssuerKind) -> Actor {
        let role = self.role(kind);
        let organisation = role == Some(Role::OrganisationRepresentative);
        let scopes = self.scope.as_deref().filter(|_| role == Some(Role::Integrator)).unwrap_or_default();
        Actor {
            subject: format!("{}|{}", self.iss, self.sub),
            assurance: self.assurance(),
            as_of: None,
            scopes: scopes.split_whitespace().map(str::to_owned).collect(),
            assignments: role.map(|role| Assignment { role, unit: None }).into_iter().collect(),
            title: String::new(),
            national_id: if organisation { self.tax_code } else { self.personal_id }
                .map(|number| number.trim().to_owned())
                .filter(|number| !number.is_empty()),
            name: if organisation { self.company.or(self.full_name) } else { self.full_name }
                .or(self.name)
                .or(self.preferred_username)
                .unwrap_or_default(),
        }
    }

    fn role(&self, kind: IssuerKind) -> Option<Role> {
        if self.is_machine(kind) {
            return Some(Role::Integrator);
        }
        match digit(&self.account_type) {
            _ if kind == IssuerKind::Keycloak => None,
            Some(1) => Some(Role::Citizen),
            Some(2) => Some(Role::OrganisationRepresentative),
            _ => None,
        }
    }
}

/// One of `audiences` stands in an `aud`: a text, or a list of texts.
pub(super) fn is_among(told: &Value, audiences: &[String]) -> bool {
    let meant = |value: &Value| value.as_str().is_some_and(|aud| audiences.iter().any(|a| a == aud));
    match told {
        Value::Array(many) => many.iter().any(meant),
        one => meant(one),
    }
}

/// `2`, `"2"`, `"LoA2"` and `"IAL2"` alike; none for anything else, however many digits it holds.
fn digit(value: &Value) -> Option<u8> {
    let told = match value {
        Value::Number(number) => number.as_u64().and_then(|n| u8::try_from(n).ok()),
        Value::String(text) => {
            let head =
                text.get(..3).filter(|head| ["loa", "ial"].contains(&head.to_ascii_lowercase().as_str()));
            head.and_then(|head| text.get(head.len()..)).unwrap_or(text).parse().ok()
        }
        _ => None,
    };
    told.filter(|n| *n < 10)
}

#[cfg(test)]
mod tests {
    use super::digit;
    use serde_json::json;

    #[test]
    fn only_a_plain_level_is_a_level() {
        let good = [json!(2), json!("2"), json!("LoA2"), json!("loa2"), json!("IAL2")];
        let bad = [
            json!("urn:level:2"),
            json!("LoA-2"),
            json!("LoA22"),
            json!(80),
            json!("pwd2"),
            json!(-2),
            json!(2.5),
            json!(["2"]),
            json!("Lộ2"),
            json!(""),
        ];

        assert!(good.iter().all(|level| digit(level) == Some(2)));
        assert_eq!(bad.iter().find(|level| digit(level).is_some()), None);
    }
}
