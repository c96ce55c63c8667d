//! The public keys of an issuer: fetched, remembered, fetched again when a new key appears.

use crate::problems::{Code, Problem};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Keys older than this are fetched again when next needed.
const FRESH: Duration = Duration::from_secs(3_600);
/// Keys older than this are not believed any more, even while the issuer is down.
const BELIEVED: Duration = Duration::from_secs(24 * 3_600);
/// Largest key set read, in bytes.
const LARGEST: usize = 256 << 10;

/// Where the keys of one issuer come from.
#[derive(Debug)]
pub(super) enum Keys {
    /// From the settings.
    Given(JwkSet),
    /// From the address in the settings.
    Published { uri: String, client: reqwest::Client, known: Mutex<Known>, pause: Duration },
}

/// What has been fetched.
#[derive(Debug, Default)]
pub(super) struct Known {
    set: Option<(JwkSet, Instant)>,
    tried: Option<Instant>,
}

impl Keys {
    /// `pause` is the least time between two fetches, so that made-up key ids do not become a flood at the issuer.
    pub(super) fn published(uri: String, client: reqwest::Client, pause: Duration) -> Self {
        Self::Published { uri, client, known: Mutex::new(Known::default()), pause }
    }

    /// The key named `kid`; 401 when the issuer has none, 503 when the issuer could not be asked yet.
    pub(super) async fn find(&self, kid: Option<&str>) -> Result<Jwk, Problem> {
        match self {
            Self::Given(set) => chosen(set, kid).ok_or_else(|| Code::TokenInvalid.into()),
            Self::Published { uri, client, known, pause } => {
                let mut known = known.lock().await;
                if known.wants(kid, *pause) {
                    known.fetch(client, uri).await;
                }
                let set = known.believed().ok_or_else(|| Problem::unavailable(30))?;
                chosen(set, kid).ok_or_else(|| Code::TokenInvalid.into())
            }
        }
    }
}

impl Known {
    fn wants(&self, kid: Option<&str>, pause: Duration) -> bool {
        let rested = self.tried.is_none_or(|at| at.elapsed() >= pause);
        let current = self.set.as_ref().filter(|(_, at)| at.elapsed() < FRESH);
        rested && current.is_none_or(|(set, _)| chosen(set, kid).is_none())
    }

    async fn fetch(&mut self, client: &reqwest::Client, uri: &str) {
        self.tried = Some(Instant::now());
        match fetched(client, uri).await {
            Ok(set) => self.set = Some((set, Instant::now())),
            Err(why) => {
                tracing::warn!(uri, why, "the keys of an issuer could not be fetched; older ones stay in use")
            }
        }
    }

    fn believed(&self) -> Option<&JwkSet> {
        self.set.as_ref().filter(|(_, at)| at.elapsed() < BELIEVED).map(|(set, _)| set)
    }
}

async fn fetched(client: &reqwest::Client, uri: &str) -> Result<JwkSet, String> {
    let answered = client.get(uri).send().await.and_then(reqwest::Response::error_for_status);
    let mut response = answered.map_err(|e| e.without_url().to_string())?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|e| e.without_url().to_string())? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST {
            return Err("the key set is too large".into());
        }
    }
    serde_json::from_slice(&body).map_err(|_| "the answer is not a key set".into())
}

/// The key named `kid`, or the only key of a set when the token names none.
fn chosen(set: &JwkSet, kid: Option<&str>) -> Option<Jwk> {
    match (kid, set.keys.as_slice()) {
        (Some(kid), _) => set.find(kid).cloned(),
        (None, [only]) => Some(only.clone()),
        (None, _) => None,
    }
}
