//! The access token, kept until shortly before it ends, and the refresh token that brings the next one.

use super::{PARTY, ZaloZns};
use crate::{
    failure::Failure,
    loose_json::text as member,
    outgoing::{Ask, Body},
    trip::Trip,
};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use std::{fs, path::Path};
use tokio::sync::Mutex;
use url::form_urlencoded::Serializer;

/// The pair in use.
#[derive(Debug, Default)]
pub(super) struct Token(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    access: Option<(SecretString, DateTime<Utc>)>,
    refresh: Option<SecretString>,
}

impl Token {
    /// The token in use, or a new one.
    pub(super) async fn current(&self, zalo: &ZaloZns, trip: &Trip) -> Result<SecretString, Failure> {
        let mut kept = self.0.lock().await;
        match kept.access.as_ref() {
            Some((token, until)) if trip.at < *until => Ok(token.clone()),
            _ => refresh(&mut kept, zalo, trip).await,
        }
    }

    /// A token other than the one that was just refused.
    pub(super) async fn renewed(
        &self,
        zalo: &ZaloZns,
        trip: &Trip,
        refused: &SecretString,
    ) -> Result<SecretString, Failure> {
        let mut kept = self.0.lock().await;
        match kept.access.as_ref() {
            Some((token, _)) if token.expose_secret() != refused.expose_secret() => Ok(token.clone()),
            _ => refresh(&mut kept, zalo, trip).await,
        }
    }
}

async fn refresh(kept: &mut Kept, zalo: &ZaloZns, trip: &Trip) -> Result<SecretString, Failure> {
    kept.access = None;
    let settings = &zalo.settings;
    // Another process of the office may have used ours up and left its successor in the file.
    let filed = settings.token_file.as_deref().and_then(read);
    let with = filed.or_else(|| kept.refresh.clone()).unwrap_or_else(|| settings.refresh_token.clone());
    let form = Serializer::new(String::new())
        .append_pair("refresh_token", with.expose_secret())
        .append_pair("app_id", &settings.app_id)
        .append_pair("grant_type", "refresh_token")
        .finish();
    let headers = vec![("secret_key", settings.app_secret.expose_secret().to_owned())];
    let ask = Ask { url: &settings.token_url, what: "token", headers, body: Body::Form(&form) };
    let answer = zalo.out.send(trip, ask).await?.taken()?;
    let said: Value = answer.json()?;
    let (access, next) = (member(&said, "access_token"), member(&said, "refresh_token"));
    if access.is_empty() {
        // No message is at fault when the account has to be linked again, so all of them wait.
        return match member(&said, "error").is_empty() {
            true => Err(answer.unreadable()),
            false => {
                Err(Failure::retry(format!("{PARTY} gives no token; the account has to be linked again")))
            }
        };
    }
    if !next.is_empty() {
        keep(settings.token_file.as_deref(), &next)?;
        kept.refresh = Some(SecretString::from(next));
    }
    let access = SecretString::from(access);
    kept.access = Some((access.clone(), good_until(&said, trip.at)));
    Ok(access)
}

// A minute early, so that a token does not end on its way; an hour when its life is not told.
fn good_until(said: &Value, at: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = member(said, "expires_in").parse::<i64>().unwrap_or(3_600).clamp(120, 172_800);
    at.checked_add_signed(TimeDelta::seconds(seconds - 60)).unwrap_or(at)
}

fn read(file: &Path) -> Option<SecretString> {
    let said: Value = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    Some(member(&said, "refresh_token")).filter(|token| !token.is_empty()).map(SecretString::from)
}

/// Written beside and renamed, so that a power cut leaves the old one or the new one.
fn keep(file: Option<&Path>, token: &str) -> Result<(), Failure> {
    let Some(file) = file else { return Ok(()) };
    let half = file.with_extension("part");
    let written = write_private(&half, &json!({"refresh_token": token}).to_string());
    written.and_then(|()| fs::rename(&half, file)).map_err(|error| {
        Failure::retry(format!("the file of {PARTY}'s token cannot be written: {}", error.kind()))
    })
}

#[cfg(unix)]
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600).open(file)?.write_all(text.as_bytes())
}

#[cfg(not(unix))]
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    fs::write(file, text)
}
