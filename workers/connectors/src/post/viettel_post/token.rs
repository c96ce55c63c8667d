//! The two logins: one for a token that lasts a short while, and with it one for the token that lasts (wire.md §3.4).

use super::{ViettelPost, answers};
use crate::{
    failure::Failure,
    loose_json::text,
    outgoing::{Answer, Ask, Body},
    trip::Trip,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use tokio::sync::Mutex;

/// The token in use.
#[derive(Debug, Default)]
pub(super) struct Token(Mutex<Option<SecretString>>);

impl Token {
    /// The token in use, or a new one.
    pub(super) async fn current(&self, carrier: &ViettelPost, trip: &Trip) -> Result<SecretString, Failure> {
        let mut kept = self.0.lock().await;
        match kept.as_ref() {
            Some(token) => Ok(token.clone()),
            None => log_in(&mut kept, carrier, trip).await,
        }
    }

    /// A token other than the one that was just refused.
    pub(super) async fn renewed(
        &self,
        carrier: &ViettelPost,
        trip: &Trip,
        refused: &SecretString,
    ) -> Result<SecretString, Failure> {
        let mut kept = self.0.lock().await;
        match kept.as_ref() {
            Some(token) if token.expose_secret() != refused.expose_secret() => Ok(token.clone()),
            _ => log_in(&mut kept, carrier, trip).await,
        }
    }
}

async fn log_in(
    kept: &mut Option<SecretString>,
    carrier: &ViettelPost,
    trip: &Trip,
) -> Result<SecretString, Failure> {
    *kept = None;
    let paths = &carrier.settings.paths;
    let mut token = ask(carrier, trip, ("login", &paths.login), None).await?;
    if !paths.long_login.is_empty() {
        token = ask(carrier, trip, ("long login", &paths.long_login), Some(&token)).await?;
    }
    *kept = Some(token.clone());
    Ok(token)
}

async fn ask(
    carrier: &ViettelPost,
    trip: &Trip,
    (what, path): (&str, &str),
    token: Option<&SecretString>,
) -> Result<SecretString, Failure> {
    let settings = &carrier.settings;
    let body = json!({"USERNAME": settings.username, "PASSWORD": settings.password.expose_secret()});
    let headers = token.map(|token| ("token", token.expose_secret().to_owned())).into_iter().collect();
    let url = format!("{}{path}", settings.url);
    let ask = Ask { url: &url, what, headers, body: Body::Json(&body) };
    let keeps_us_out = |answer: &Answer| answers::refuses_token(answer) || answers::bars_account(answer);
    let answer = carrier.out.send_unless(trip, ask, keeps_us_out).await?;
    let given = text(&answers::read(&answer.taken()?)?, "token");
    if given.is_empty() {
        return Err(Failure::retry("Viettel Post answered a login without a token"));
    }
    Ok(SecretString::from(given))
}
