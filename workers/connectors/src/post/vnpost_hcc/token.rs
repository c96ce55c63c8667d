//! The OAuth2 token of the integration platform, kept until shortly before it ends (wire.md §3.2).

use super::VnpostHcc;
use crate::{
    failure::Failure,
    loose_json::text,
    outgoing::{Ask, Body},
    trip::Trip,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::sync::Mutex;

/// The token in use and the instant from which it is not used any more.
#[derive(Debug, Default)]
pub(super) struct Token(Mutex<Option<(SecretString, DateTime<Utc>)>>);

impl Token {
    /// The token in use, or a new one.
    pub(super) async fn current(&self, carrier: &VnpostHcc, trip: &Trip) -> Result<SecretString, Failure> {
        let mut kept = self.0.lock().await;
        match kept.as_ref() {
            Some((token, until)) if trip.at < *until => Ok(token.clone()),
            _ => ask(&mut kept, carrier, trip).await,
        }
    }

    /// A token other than the one that was just refused.
    pub(super) async fn renewed(
        &self,
        carrier: &VnpostHcc,
        trip: &Trip,
        refused: &SecretString,
    ) -> Result<SecretString, Failure> {
        let mut kept = self.0.lock().await;
        match kept.as_ref() {
            Some((token, _)) if token.expose_secret() != refused.expose_secret() => Ok(token.clone()),
            _ => ask(&mut kept, carrier, trip).await,
        }
    }
}

async fn ask(
    kept: &mut Option<(SecretString, DateTime<Utc>)>,
    carrier: &VnpostHcc,
    trip: &Trip,
) -> Result<SecretString, Failure> {
    *kept = None;
    let settings = &carrier.settings;
    let pair = format!("{}:{}", settings.key.expose_secret(), settings.secret.expose_secret());
    let headers = vec![("authorization", format!("Basic {}", STANDARD.encode(pair)))];
    let body = Body::Form("grant_type=client_credentials");
    let ask = Ask { url: &settings.token_url, what: "token", headers, body };
    let answer = carrier
        .out
        .send_unless(trip, ask, |answer| matches!(answer.status, 400 | 401 | 403))
        .await?
        .taken()?;
    let said: Value = answer.json()?;
    let token = text(&said, "access_token");
    if token.is_empty() {
        return Err(answer.unreadable());
    }
    let token = SecretString::from(token);
    *kept = Some((token.clone(), good_until(&said, trip.at)));
    Ok(token)
}

// A minute early, so that a token does not end on its way; five minutes when its life is not told.
fn good_until(said: &Value, at: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = text(said, "expires_in").parse::<i64>().unwrap_or(360).clamp(60, 86_400);
    at.checked_add_signed(TimeDelta::seconds(seconds.saturating_sub(60))).unwrap_or(at)
}
