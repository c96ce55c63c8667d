//! The claims of a token as an actor: the national claim names are spoken only here (wire.md §4).

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
    aud: Value,
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

impl Claims {
    /// One of `audiences` is among the token's.
    pub(super) fn meant_for(&self, audiences: &[String]) -> bool {
        let meant = |value: &Value| value.as_str().is_some_and(|aud| audiences.iter().any(|a| a == aud));
        match &self.aud {
            Value::Array(many) => many.iter().any(meant),
            one => meant(one),
        }
    }

    /// Level of assurance of the sign-in, 0 when unknown.
    pub(super) fn assurance(&self) -> u8 {
        [&self.level, &self.ial, &self.acr].into_iter().filter_map(digit).max().unwrap_or(0)
    }

    /// A machine client's token: Keycloak names its service accounts so.
    pub(super) fn is_machine(&self) -> bool {
        self.preferred_username.as_deref().is_some_and(|name| name.starts_with("service-account-"))
    }

    /// The actor without the roles kept by this office.
    pub(super) fn actor(self, kind: IssuerKind) -> Actor {
        let role = self.role(kind);
        let organisation = role == Some(Role::OrganisationRepresentative);
        let scopes = self.scope.as_deref().filter(|_| role == Some(Role::Integrator)).unwrap_or_default();
        Actor {
            subject: format!("{}|{}", self.iss, self.sub),
            assurance: self.assurance(),
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
        if self.is_machine() && matches!(kind, IssuerKind::Keycloak | IssuerKind::Demo) {
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

/// `2`, `"2"` and `"LoA2"` alike.
fn digit(value: &Value) -> Option<u8> {
    match value {
        Value::Number(number) => number.as_u64().and_then(|n| u8::try_from(n).ok()),
        Value::String(text) => text.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok(),
        _ => None,
    }
}
