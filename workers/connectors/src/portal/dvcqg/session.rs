//! The session a login gives, kept for as long as the settings say (wire.md §1.2).

use crate::{failure::Failure, trip::Trip};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

/// Whoever can log in.
#[async_trait]
pub(super) trait Login: Sync {
    /// How long a session is used.
    fn lasts(&self) -> TimeDelta;

    /// A new session.
    async fn log_in(&self, trip: &Trip) -> Result<SecretString, Failure>;
}

/// The session in use, with the instant it was given. The lock is held during a login, so that many callers log in once.
#[derive(Debug, Default)]
pub(super) struct Session(Mutex<Option<(SecretString, DateTime<Utc>)>>);

impl Session {
    /// The session in use, or a new one when there is none or it is too old at the instant of the trip.
    pub(super) async fn current(&self, way: &dyn Login, trip: &Trip) -> Result<SecretString, Failure> {
        let mut kept = self.0.lock().await;
        match kept.as_ref() {
            Some((session, since)) if trip.at - *since < way.lasts() && trip.at >= *since => {
                Ok(session.clone())
            }
            _ => anew(&mut kept, way, trip).await,
        }
    }

    /// A session other than the one the portal no longer accepts.
    pub(super) async fn renewed(
        &self,
        way: &dyn Login,
        trip: &Trip,
        lost: &SecretString,
    ) -> Result<SecretString, Failure> {
        let mut kept = self.0.lock().await;
        match kept.as_ref() {
            Some((session, _)) if session.expose_secret() != lost.expose_secret() => Ok(session.clone()),
            _ => anew(&mut kept, way, trip).await,
        }
    }
}

async fn anew(
    kept: &mut Option<(SecretString, DateTime<Utc>)>,
    way: &dyn Login,
    trip: &Trip,
) -> Result<SecretString, Failure> {
    *kept = None;
    let session = way.log_in(trip).await?;
    *kept = Some((session.clone(), trip.at));
    Ok(session)
}
