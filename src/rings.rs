//! Rings between processes: those of this one go out over Redis, those of others come in.

use crate::settings::RedisSettings;
use entities::jobs::Wake;

/// Carries them until the process ends, when there is a Redis; without one, jobs are found by polling.
pub(crate) fn carry(wake: &Wake, settings: &RedisSettings) {
    let Some(url) = settings.url.clone() else { return };
    let wake = wake.clone();
    tokio::spawn(async move {
        if let Err(error) = workers::relay::run(wake, &url).await {
            tracing::error!(%error, "[redis] url cannot be used; jobs are found by polling");
        }
    });
}
