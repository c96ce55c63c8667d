//! Everything a handler may need, opened once at the start.

use crate::identity::demo::DemoIssuer;
use crate::identity::verifier::Verifier;
use crate::manners::cursor::CursorKey;
use crate::manners::origins::strange;
use crate::manners::shared_buckets::SharedBuckets;
use crate::settings::{ApiSettings, UnsafeSettings};
use connectors::wires::Wires;
use entities::catalogue::Catalogue;
use entities::clock::Clock;
use entities::database::Database;
use entities::jobs::Wake;
use entities::sealing::Sealer;
use futures::future::BoxFuture;
use object_store::ObjectStore;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// A question whose answer is `Ok`, or the reason in words.
pub type Check = Arc<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

/// Gives the metrics in Prometheus' text form.
pub type Exposition = Arc<dyn Fn() -> String + Send + Sync>;

/// What the root binary opens and hands over.
#[derive(Clone)]
pub struct Parts {
    /// The office's memory.
    pub db: Database,
    /// The one clock.
    pub clock: Clock,
    /// Where the bytes of files are kept.
    pub files: Arc<dyn ObjectStore>,
    /// Seals personal data at rest.
    pub sealer: Sealer,
    /// The catalogue, kept near.
    pub catalogue: Catalogue,
    /// The outside parties that are set up.
    pub wires: Wires,
    /// Wakes the workers.
    pub wake: Wake,
    /// The metrics recorder, when one is installed.
    pub metrics: Option<Exposition>,
    /// Redis, when the office has one.
    pub redis: Option<redis::Client>,
    /// Whether the tables are those this binary was built for.
    pub migrations: Option<Check>,
}

/// The office as the handlers see it.
pub struct Office {
    /// The office's memory.
    pub db: Database,
    /// The one clock; read it once per request.
    pub clock: Clock,
    /// Where the bytes of files are kept.
    pub files: Arc<dyn ObjectStore>,
    /// Seals personal data at rest.
    pub sealer: Sealer,
    /// The catalogue, kept near.
    pub catalogue: Catalogue,
    /// The outside parties that are set up.
    pub wires: Wires,
    /// Wakes the workers; call it after a commit that wrote jobs.
    pub wake: Wake,
    /// Checks access tokens.
    pub verifier: Verifier,
    /// Signs page cursors.
    pub cursors: CursorKey,
    /// The demo's issuer of tokens; none outside the demo.
    pub demo: Option<DemoIssuer>,
    /// What can be set.
    pub settings: ApiSettings,
    pub(crate) buckets: SharedBuckets,
    /// Places for those who follow something as a stream.
    pub(crate) streams: Arc<Semaphore>,
    pub(crate) metrics: Option<Exposition>,
    pub(crate) redis: Option<redis::Client>,
    pub(crate) migrations: Option<Check>,
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Office").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Office {
    /// Opens the office; with `demo`, tokens of that issuer are taken too.
    ///
    /// Fails in words when a setting is unsafe: a short cursor secret, a demo issuer outside the demo.
    pub fn open(
        settings: ApiSettings,
        parts: Parts,
        demo: Option<DemoIssuer>,
    ) -> Result<Self, UnsafeSettings> {
        if demo.is_some() && !settings.demo {
            return Err(UnsafeSettings("the demo issuer is not allowed while [api] demo is false".into()));
        }
        if let Some(strange) = strange(&settings.cors_origins) {
            return Err(UnsafeSettings(format!(
                "[api] cors_origins: {strange} is no origin; name each exactly, such as https://cong.tinh.example"
            )));
        }
        let mut issuers = settings.issuers.clone();
        issuers.extend(demo.iter().map(DemoIssuer::settings));
        Ok(Self {
            verifier: Verifier::new(issuers, &settings)?,
            cursors: CursorKey::new(&settings.cursor_secret)?,
            demo,
            buckets: SharedBuckets::new(
                parts.redis.clone(),
                settings.limits.redis_patience_ms,
                &settings.cursor_secret,
            ),
            streams: Arc::new(Semaphore::new(settings.streams)),
            settings,
            db: parts.db,
            clock: parts.clock,
            files: parts.files,
            sealer: parts.sealer,
            catalogue: parts.catalogue,
            wires: parts.wires,
            wake: parts.wake,
            metrics: parts.metrics,
            redis: parts.redis,
            migrations: parts.migrations,
        })
    }
}
