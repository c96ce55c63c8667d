//! The public keys of an issuer: fetched, remembered, fetched again when a new key appears.

use super::fitting::chosen;
use crate::problems::{Code, Problem};
use connectors::way_out::{self, WayOut};
use jsonwebtoken::Algorithm;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet};
use reqwest::Method;
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Keys older than this are fetched again, beside the request that needs them.
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
    Published(Arc<Published>),
}

/// The keys at an address.
#[derive(Debug)]
pub(super) struct Published {
    uri: String,
    way: WayOut,
    pause: Duration,
    fresh: Duration,
    known: Mutex<Known>,
    // Held by the one who asks the issuer; what is known is never locked meanwhile.
    asking: tokio::sync::Mutex<()>,
}

/// What has been fetched.
#[derive(Debug, Default)]
struct Known {
    set: Option<(JwkSet, Instant)>,
    tried: Option<Instant>,
    rounds: u64,
}

impl Keys {
    /// `pause` is the least time between two fetches, so that made-up key ids do not become a flood at the issuer.
    pub(super) fn published(uri: String, way: WayOut, pause: Duration) -> Self {
        let (known, asking) = (Mutex::default(), tokio::sync::Mutex::default());
        Self::Published(Arc::new(Published { uri, way, pause, fresh: FRESH, known, asking }))
    }

    /// The key named `kid` that fits `algorithm`; 401 when the issuer has none, 503 when it could not be asked yet.
    ///
    /// A key that is known is given at once, also while the issuer is being asked; only an unknown one waits.
    pub(super) async fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Result<Jwk, Problem> {
        match self {
            Self::Given(set) => chosen(set, kid, algorithm).ok_or_else(|| Code::TokenInvalid.into()),
            Self::Published(published) => {
                let believed = published.known().believed(kid, algorithm);
                let Some(key) = believed else { return published.ask_for(kid, algorithm).await };
                Arc::clone(published).freshen();
                Ok(key)
            }
        }
    }
}

impl Published {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the issuer again beside the request when the keys are old and nobody is asking yet.
    fn freshen(self: Arc<Self>) {
        if self.known().is_within(self.fresh) {
            return;
        }
        tokio::spawn(async move {
            if let Ok(_turn) = self.asking.try_lock() {
                self.fetch().await;
            }
        });
    }

    /// One asks and the others wait for what it hears.
    async fn ask_for(&self, kid: Option<&str>, algorithm: Algorithm) -> Result<Jwk, Problem> {
        let before = self.known().rounds;
        let turn = self.asking.lock().await;
        if self.known().rounds == before {
            self.fetch().await;
        }
        drop(turn);
        let known = self.known();
        match known.is_within(BELIEVED) {
            true => known.believed(kid, algorithm).ok_or_else(|| Code::TokenInvalid.into()),
            false => Err(Problem::unavailable(30)),
        }
    }

    /// Asks, unless the issuer was asked a moment ago.
    async fn fetch(&self) {
        if self.known().tried.is_some_and(|at| at.elapsed() < self.pause) {
            return;
        }
        self.known().tried = Some(Instant::now());
        let heard = fetched(&self.way, &self.uri).await;
        let mut known = self.known();
        known.rounds += 1;
        match heard {
            Ok(set) => known.set = Some((set, Instant::now())),
            Err(why) => {
                let uri = &self.uri;
                tracing::warn!(uri, why, "the keys of an issuer could not be fetched; older ones stay in use")
            }
        }
    }
}

impl Known {
    fn is_within(&self, age: Duration) -> bool {
        self.set.as_ref().is_some_and(|(_, at)| at.elapsed() < age)
    }

    fn believed(&self, kid: Option<&str>, algorithm: Algorithm) -> Option<Jwk> {
        self.set
            .as_ref()
            .filter(|_| self.is_within(BELIEVED))
            .and_then(|(set, _)| chosen(set, kid, algorithm))
    }
}

async fn fetched(way: &WayOut, uri: &str) -> Result<JwkSet, String> {
    let request = way.request(Method::GET, uri).map_err(|barred| barred.to_string())?;
    let answered = request.send().await.and_then(reqwest::Response::error_for_status);
    let mut response = answered.map_err(|e| match way_out::barred(&e) {
        Some(barred) => barred.to_string(),
        None => e.without_url().to_string(),
    })?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|e| e.without_url().to_string())? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST {
            return Err("the key set is too large".into());
        }
    }
    readable(&body).ok_or_else(|| "the answer is not a key set with a key that can be read".into())
}

/// The keys that can be read: one of a kind that came later must not hide the others.
fn readable(body: &[u8]) -> Option<JwkSet> {
    let set: Value = serde_json::from_slice(body).ok()?;
    let keys = set.get("keys")?.as_array()?.iter();
    let keys = keys.filter_map(|key| serde_json::from_value(key.clone()).ok());
    let known = |key: &Jwk| !matches!(key.algorithm, AlgorithmParameters::Other(_));
    let keys: Vec<Jwk> = keys.filter(known).collect();
    (!keys.is_empty()).then_some(JwkSet { keys })
}

#[cfg(test)]
mod tests {
    use super::*;
    use connectors::way_out::Way;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    const PATIENCE: Duration = Duration::from_secs(600);
    const SET: &str = r#"{"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "a", "x": "AAAA"}]}"#;

    /// An issuer that has its keys from before and is asked through `issuer`; whatever is known counts as old.
    async fn old_keys() -> (Keys, TcpListener) {
        let issuer = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let uri = format!("http://{}/jwks", issuer.local_addr().unwrap());
        let set = Some((serde_json::from_str(SET).unwrap(), Instant::now()));
        let published = Published {
            uri,
            way: Way { private: true, ..Way::new(PATIENCE, PATIENCE) }.open().unwrap(),
            pause: Duration::ZERO,
            fresh: Duration::ZERO,
            known: Mutex::new(Known { set, ..Known::default() }),
            asking: tokio::sync::Mutex::default(),
        };
        (Keys::Published(Arc::new(published)), issuer)
    }

    #[tokio::test]
    async fn old_keys_are_given_at_once_while_the_issuer_takes_its_time() {
        let (keys, issuer) = old_keys().await;

        // The issuer says nothing: whoever waited for it would wait for ever.
        keys.find(Some("a"), Algorithm::EdDSA).await.unwrap();
        let (mut asked, _) = issuer.accept().await.unwrap();
        for _ in 0..100 {
            keys.find(Some("a"), Algorithm::EdDSA).await.unwrap();
        }

        let mut request = [0; 4_096];
        assert!(asked.read(&mut request).await.unwrap() > 0);
        tokio::task::yield_now().await;
        let again = futures::poll!(std::pin::pin!(issuer.accept()));
        assert!(again.is_pending(), "one asks and no other");
        let new = SET.replace("\"a\"", "\"b\"");
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{new}", new.len());
        asked.write_all(answer.as_bytes()).await.unwrap();
        keys.find(Some("b"), Algorithm::EdDSA).await.unwrap();
    }

    #[test]
    fn a_key_that_cannot_be_read_hides_no_other() {
        let strange = r#"{"kty": "AKP", "alg": "ML-DSA-65", "kid": "tomorrow", "pub": "AA"}, {"kty": 7},"#;
        let mixed = SET.replace("[", &format!("[{strange}"));

        let read = readable(mixed.as_bytes()).unwrap();

        assert!(chosen(&read, Some("a"), Algorithm::EdDSA).is_some());
        for none in ["", "{}", r#"{"keys": []}"#, r#"{"keys": [{"kty": 7}]}"#] {
            assert!(readable(none.as_bytes()).is_none(), "{none}");
        }
    }
}
