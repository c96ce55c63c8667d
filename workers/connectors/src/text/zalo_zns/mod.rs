//! Zalo's notification service (ZNS): messages of templates that Zalo has approved, to a telephone number.

mod receipts;
mod settings;
mod token;

use super::{Content, Heard, Receipt, Rejected, Taken, Text, TextCarrier};
use crate::{
    failure::Failure,
    loose_json::text as member,
    outgoing::{Answer, Ask, Body, Outgoing},
    trip::Trip,
    wire::Wire,
};
use async_trait::async_trait;
pub(crate) use receipts::signature;
use rules::notices::NoticeChannel;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
pub use settings::Settings;
use std::{fmt, time::Duration};
use token::Token;

/// The adapter.
pub struct ZaloZns {
    pub(super) settings: Settings,
    pub(super) out: Outgoing,
    token: Token,
}

impl fmt::Debug for ZaloZns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZaloZns").finish_non_exhaustive()
    }
}

const PARTY: &str = "Zalo";

impl ZaloZns {
    /// An adapter with these settings. Fails when a setting cannot be used.
    pub fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let out = Outgoing::new(PARTY, &settings.limits, wire)?;
        Ok(Self { settings, out, token: Token::default() })
    }

    async fn call(&self, trip: &Trip, token: &SecretString, body: &Value) -> Result<Answer, Failure> {
        let headers = vec![("access_token", token.expose_secret().to_owned())];
        let ask = Ask { url: &self.settings.url, what: "send", headers, body: Body::Json(body) };
        self.out.send(trip, ask).await?.taken()
    }

    fn judged(&self, answer: &Answer) -> Result<Taken, Failure> {
        let said: Value = answer.json()?;
        let code = code(answer, &said)?;
        if code == "0" || self.settings.known_codes.contains(&code) {
            let number = said.get("data").map(|data| member(data, "msg_id")).filter(|id| !id.is_empty());
            return Ok(Taken { party_ref: number });
        }
        if self.settings.busy_codes.contains(&code) {
            let after = Some(Duration::from_secs(self.settings.busy_seconds));
            return Err(Failure::undone(after, format!("{PARTY} asks to try later (code {code})")));
        }
        Err(Failure::fail(match self.settings.unreachable_codes.contains(&code) {
            true => format!("{PARTY} cannot reach this telephone number (code {code})"),
            false => {
                format!("{PARTY} refuses this message (code {code}); look at its template and at our account")
            }
        }))
    }
}

#[async_trait]
impl TextCarrier for ZaloZns {
    fn channel(&self) -> NoticeChannel {
        NoticeChannel::Zalo
    }

    async fn send(&self, trip: &Trip, text: &Text) -> Result<Taken, Failure> {
        let Content::Template { id, params } = &text.content else {
            return Err(Failure::fail(format!("{PARTY} carries approved templates only")));
        };
        let body = json!({
            "phone": text.phone.international(), "template_id": id, "template_data": params,
            "tracking_id": text.key.to_string(),
        });
        let token = self.token.current(self, trip).await?;
        let answer = self.call(trip, &token, &body).await?;
        let refused = self.settings.token_codes.contains(&code(&answer, &answer.json()?)?);
        if !refused {
            return self.judged(&answer);
        }
        let token = self.token.renewed(self, trip, &token).await?;
        let again = self.call(trip, &token, &body).await?;
        // A fresh token that is refused as well is no refusal of the message.
        if self.settings.token_codes.contains(&code(&again, &again.json()?)?) {
            return Err(Failure::retry(format!("{PARTY} refuses a token that it has just given")));
        }
        self.judged(&again)
    }

    fn receipts(&self, heard: &Heard<'_>) -> Result<Vec<Receipt>, Rejected> {
        receipts::read(&self.settings, heard)
    }
}

/// The answer's code: 0 when all is well, a negative number otherwise.
fn code(answer: &Answer, said: &Value) -> Result<String, Failure> {
    let code = member(said, "error");
    match code.parse::<i64>() {
        Ok(_) => Ok(code),
        Err(_) => Err(answer.unreadable()),
    }
}
