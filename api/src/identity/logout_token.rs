//! A logout token: who is no longer signed in at an issuer (OpenID Connect Back-Channel Logout 1.0 §2.4, §2.6).

use super::claims::is_among;
use super::issuers::{IssuerKind, IssuerSettings};
use super::parties::{Party, hashed};
use chrono::{DateTime, TimeDelta, Utc};
use entities::sessions::Ending;
use serde::Deserialize;
use serde_json::{Map, Value};

/// What it may call itself; issuers older than the standard say `JWT`.
pub(super) const TYPES: &[&str] = &["logout+jwt", "application/logout+jwt", "JWT"];

/// Oldest one taken that does not say itself until when it is good, in seconds.
const OLDEST: i64 = 600;

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// The payload.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct LogoutToken {
    pub(super) iss: String,
    iat: i64,
    jti: String,
    #[serde(default)]
    exp: Option<i64>,
    #[serde(default)]
    aud: Value,
    #[serde(default)]
    sub: Option<String>,
    #[serde(default)]
    sid: Option<String>,
    events: Map<String, Value>,
    #[serde(default, deserialize_with = "present")]
    nonce: bool,
    #[serde(default)]
    motcua_demo: bool,
}

impl LogoutToken {
    /// Everything but the signature is as the standard asks, at `now` in seconds.
    pub(super) fn is_good(&self, issuer: &IssuerSettings, now: i64, leeway: i64) -> bool {
        let audiences = match issuer.logout_audiences.as_slice() {
            [] => &issuer.audiences,
            own => own,
        };
        let until = self.exp.unwrap_or(self.iat.saturating_add(OLDEST)).saturating_add(leeway);
        let timely = self.iat <= now.saturating_add(leeway) && now < until;
        let event = self.events.get(EVENT).is_some_and(Value::is_object);
        let whose = [&self.sub, &self.sid].into_iter().flatten();
        let named = whose.clone().count() > 0 && whose.clone().all(|name| !name.is_empty());
        let home = !self.motcua_demo || issuer.kind == IssuerKind::Demo;
        timely
            && event
            && named
            && home
            && !self.nonce
            && !self.jti.is_empty()
            && is_among(&self.aud, audiences)
    }

    /// What it ends; remembered until `kept_until`. None when its time is none.
    pub(super) fn ending(&self, kept_for: TimeDelta, at: DateTime<Utc>) -> Option<Ending> {
        let parties = match (&self.sid, &self.sub) {
            (Some(session), Some(person)) => vec![Party::Session(session), Party::Nameless(person)],
            (Some(session), None) => vec![Party::Session(session)],
            (None, Some(person)) => vec![Party::Person(person)],
            (None, None) => Vec::new(),
        };
        Some(Ending {
            token: hashed(&["logout", &self.iss, &self.jti]),
            parties: parties.into_iter().map(|party| party.key(&self.iss)).collect(),
            ended_at: DateTime::from_timestamp(self.iat, 0)?,
            kept_until: at + kept_for,
        })
    }
}

/// A member that is there, whatever it says.
fn present<'de, D: serde::Deserializer<'de>>(told: D) -> Result<bool, D::Error> {
    serde::de::IgnoredAny::deserialize(told).map(|_| true)
}
