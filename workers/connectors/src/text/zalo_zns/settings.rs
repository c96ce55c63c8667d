//! What an office says of its account at Zalo.

use crate::outgoing::Limits;
use secrecy::SecretString;
use serde::Deserialize;
use std::path::PathBuf;

/// Settings of the service. Example: `{"app_id": "1234567890", "app_secret": "…", "refresh_token": "…",
/// "webhook_secret": "…", "token_file": "/var/lib/motcua/zalo-token.json"}`. The codes are those that public clients
/// of the service name; Zalo's own list decides.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address that takes messages.
    #[serde(default = "url")]
    pub url: String,
    /// Address that gives access tokens.
    #[serde(default = "token_url")]
    pub token_url: String,
    /// Number of our application at Zalo.
    pub app_id: String,
    /// Its secret.
    pub app_secret: SecretString,
    /// The refresh token that Zalo gave when the account was linked; each is good once and brings the next.
    pub refresh_token: SecretString,
    /// File in which the refresh token of the day is kept, readable to us alone; without it a restart needs a new one.
    #[serde(default)]
    pub token_file: Option<PathBuf>,
    /// Secret with which Zalo signs what it calls us about; without it nothing is believed.
    #[serde(default)]
    pub webhook_secret: SecretString,
    /// Codes that mean that the access token is not good any more.
    #[serde(default = "token_codes")]
    pub token_codes: Vec<String>,
    /// Codes that mean that it may go better later.
    #[serde(default = "busy_codes")]
    pub busy_codes: Vec<String>,
    /// Codes that mean that this message was taken before.
    #[serde(default)]
    pub known_codes: Vec<String>,
    /// Codes that mean that nobody is reached under this number.
    #[serde(default = "unreachable_codes")]
    pub unreachable_codes: Vec<String>,
    /// Seconds to wait after a busy code.
    #[serde(default = "five_minutes")]
    pub busy_seconds: u64,
    /// Names of the calls that say that a message arrived.
    #[serde(default = "delivered_events")]
    pub delivered_events: Vec<String>,
    /// Names of the calls that say that it did not; no public document names one.
    #[serde(default)]
    pub undelivered_events: Vec<String>,
    /// Limits of the wire.
    #[serde(default)]
    pub limits: Limits,
}

fn url() -> String {
    "https://business.openapi.zalo.me/message/template".to_owned()
}

fn token_url() -> String {
    "https://oauth.zaloapp.com/v4/oa/access_token".to_owned()
}

fn words(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn token_codes() -> Vec<String> {
    words(&["-124"])
}

fn busy_codes() -> Vec<String> {
    words(&["-100", "-133"])
}

fn unreachable_codes() -> Vec<String> {
    words(&["-108", "-114", "-118", "-119"])
}

fn five_minutes() -> u64 {
    300
}

fn delivered_events() -> Vec<String> {
    words(&["user_received_message"])
}
