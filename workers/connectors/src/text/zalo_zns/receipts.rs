//! What Zalo calls us about, under its signature: SHA-256 over application, body, time and secret.

use super::settings::Settings;
use crate::{
    loose_json::text as member,
    text::{Heard, Receipt, Rejected},
};
use secrecy::ExposeSecret;
use serde_json::Value;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

const HEADER: &str = "x-zevent-signature";

/// What the call says of one message; nothing for events that say nothing of one.
pub(super) fn read(settings: &Settings, heard: &Heard<'_>) -> Result<Vec<Receipt>, Rejected> {
    let given = heard.headers.get(HEADER).map(String::as_str).unwrap_or_default();
    let given = given.strip_prefix("mac=").unwrap_or(given).to_lowercase();
    let said: Value = serde_json::from_slice(heard.body).map_err(|_| Rejected::Unreadable)?;
    let expected = signature(
        settings.app_id.as_str(),
        heard.body,
        &member(&said, "timestamp"),
        settings.webhook_secret.expose_secret(),
    );
    let known = !settings.webhook_secret.expose_secret().is_empty();
    if !known || !bool::from(given.as_bytes().ct_eq(expected.as_bytes())) {
        return Err(Rejected::Stranger);
    }
    let event = member(&said, "event_name");
    let undelivered = match () {
        () if settings.delivered_events.contains(&event) => None,
        () if settings.undelivered_events.contains(&event) => {
            Some("Zalo says that it did not arrive".to_owned())
        }
        () => return Ok(Vec::new()),
    };
    let message = said.get("message").ok_or(Rejected::Unreadable)?;
    let party_ref = Some(member(message, "msg_id")).filter(|id| !id.is_empty());
    let key = member(message, "tracking_id").parse().ok();
    if party_ref.is_none() && key.is_none() {
        return Err(Rejected::Unreadable);
    }
    Ok(vec![Receipt { party_ref, key, undelivered }])
}

/// Lower-case hex.
pub(crate) fn signature(app_id: &str, body: &[u8], timestamp: &str, secret: &str) -> String {
    let digest =
        Sha256::new().chain_update(app_id).chain_update(body).chain_update(timestamp).chain_update(secret);
    hex::encode(digest.finalize())
}
