//! The login of the portal and the session it gives, kept for as long as the settings say (wire.md §1.2).

use super::{answers, vxp::Vxp};
use crate::{failure::Failure, trip::Trip};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use tokio::sync::Mutex;

/// The session in use, with the instant it was given. The lock is held during a login, so that many callers log in once.
#[derive(Debug, Default)]
pub(super) struct Session(Mutex<Option<(SecretString, DateTime<Utc>)>>);

impl Session {
    /// The session in use, or a new one when there is none or it is too old at the instant of the trip.
    pub(super) async fn current(&self, portal: &Vxp, trip: &Trip) -> Result<SecretString, Failure> {
        let mut kept = self.0.lock().await;
        let lasts = TimeDelta::minutes(i64::from(portal.settings.session_minutes));
        match kept.as_ref() {
            Some((session, since)) if trip.at - *since < lasts && trip.at >= *since => Ok(session.clone()),
            _ => log_in(&mut kept, portal, trip).await,
        }
    }

    /// A session other than the one the portal no longer accepts.
    pub(super) async fn renewed(
        &self,
        portal: &Vxp,
        trip: &Trip,
        lost: &SecretString,
    ) -> Result<SecretString, Failure> {
        let mut kept = self.0.lock().await;
        match kept.as_ref() {
            Some((session, _)) if session.expose_secret() != lost.expose_secret() => Ok(session.clone()),
            _ => log_in(&mut kept, portal, trip).await,
        }
    }
}

async fn log_in(
    kept: &mut Option<(SecretString, DateTime<Utc>)>,
    portal: &Vxp,
    trip: &Trip,
) -> Result<SecretString, Failure> {
    *kept = None;
    let settings = &portal.settings;
    let body = json!({"username": settings.username, "password": settings.password.expose_secret()});
    let answer = portal.post(trip, "login", &settings.login_path, &body).await?.taken()?;
    let session = answers::read_session(&answer)?;
    *kept = Some((session.clone(), trip.at));
    Ok(session)
}
