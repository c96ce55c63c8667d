//! VNPost's public post (HCC) through the national integration platform NGSP (wire.md §3.2).

mod answers;
mod bodies;
mod token;

use super::{
    Accepted, CalledOff, Leg, OrderNumber, Parcel, PostCarrier, Shipment, Tracked, TrackingState, places,
};
use crate::{
    failure::Failure,
    outgoing::{Answer, Ask, Body, Limits, Outgoing},
    trip::Trip,
    wire::Wire,
};
use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::collections::BTreeMap;
use token::Token;

/// Settings of the carrier. Example: `{"url": "https://api.ngsp.example/vnpost", "token_url":
/// "https://api.ngsp.example/token", "key": "…", "secret": "…", "customer_code": "H99",
/// "provinces": {"06": 26}, "states": {"4": "delivered"}}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Base address of the carrier's calls.
    pub url: String,
    /// Address that gives tokens.
    pub token_url: String,
    /// Consumer key.
    pub key: SecretString,
    /// Consumer secret.
    pub secret: SecretString,
    /// Contract of the agency (`CustomerCode`).
    pub customer_code: String,
    /// Paths of the calls below the base address.
    #[serde(default)]
    pub paths: Paths,
    /// VNPost's number of a province by the official code. A province that is not here is left out, never guessed.
    #[serde(default)]
    pub provinces: BTreeMap<String, i64>,
    /// VNPost's number of a district by the official code.
    #[serde(default)]
    pub districts: BTreeMap<String, i64>,
    /// The `FlagConfig` of each leg; a leg that is not here is sent without one.
    #[serde(default = "usual_flags")]
    pub flags: BTreeMap<Leg, i64>,
    /// What the carrier's tracking codes mean. Only `4` is established; ask the carrier for the rest.
    #[serde(default = "established_states")]
    pub states: BTreeMap<String, TrackingState>,
    /// How many events one tracking call asks for, at most 1000.
    #[serde(default = "whole_page")]
    pub page_size: u16,
    /// Limits of the wire.
    #[serde(default)]
    pub limits: Limits,
}

/// Paths of the four calls.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paths {
    /// Of a new order.
    pub order: String,
    /// Of a cancellation.
    pub cancel: String,
    /// Of the tracking list.
    pub tracking: String,
    /// Of a price.
    pub price: String,
}

impl Default for Paths {
    fn default() -> Self {
        Self {
            order: "/apiPostOrder".to_owned(),
            cancel: "/apiCancelOrder".to_owned(),
            tracking: "/apiGetOrderTracking".to_owned(),
            price: "/apiGetPrice".to_owned(),
        }
    }
}

/// 1 collects, 2 returns (law.md §5); clients in the field send 2 alone.
pub(super) fn usual_flags() -> BTreeMap<Leg, i64> {
    BTreeMap::from([(Leg::Collection, 1), (Leg::Return, 2)])
}

pub(super) fn established_states() -> BTreeMap<String, TrackingState> {
    BTreeMap::from([("4".to_owned(), TrackingState::Delivered)])
}

pub(super) fn whole_page() -> u16 {
    1000
}

/// The adapter.
#[derive(Debug)]
pub struct VnpostHcc {
    settings: Settings,
    out: Outgoing,
    token: Token,
}

impl VnpostHcc {
    /// An adapter with these settings. Fails when the limits cannot be met.
    pub fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let out = Outgoing::new("the post", &settings.limits, wire)?;
        Ok(Self { settings, out, token: Token::default() })
    }

    /// One call with the token; a token that is no longer good is renewed once.
    async fn call(&self, trip: &Trip, what: &str, path: &str, body: Body<'_>) -> Result<Answer, Failure> {
        let token = self.token.current(self, trip).await?;
        let answer = self.call_with(trip, (what, path), &body, &token, false).await?;
        if answer.status != 401 {
            return answer.taken();
        }
        let token = self.token.renewed(self, trip, &token).await?;
        self.call_with(trip, (what, path), &body, &token, true).await?.taken()
    }

    async fn call_with(
        &self,
        trip: &Trip,
        (what, path): (&str, &str),
        body: &Body<'_>,
        token: &SecretString,
        fresh: bool,
    ) -> Result<Answer, Failure> {
        let headers = vec![("authorization", format!("Bearer {}", token.expose_secret()))];
        let url = format!("{}{path}", self.settings.url);
        let ask = Ask { url: &url, what, headers, body: *body };
        self.out
            .send_unless(trip, ask, |answer| answer.status == 403 || (fresh && answer.status == 401))
            .await
    }
}

#[async_trait]
impl PostCarrier for VnpostHcc {
    async fn order(&self, trip: &Trip, shipment: &Shipment) -> Result<Accepted, Failure> {
        let body = bodies::order(&self.settings, shipment)?;
        let answer = self.call(trip, "order", &self.settings.paths.order, Body::Json(&body)).await?;
        answers::read_accepted(&answer)
            .map_err(|why| places::with_left_out(why, &bodies::left_out(&self.settings, shipment)))
    }

    async fn cancel(&self, trip: &Trip, order: &OrderNumber) -> Result<CalledOff, Failure> {
        let body = bodies::cancel(&self.settings, &order.ours);
        let answer = self.call(trip, "cancel", &self.settings.paths.cancel, Body::Json(&body)).await?;
        match answers::read_accepted(&answer) {
            Err(Failure::Fail { reason, said }) => Ok(CalledOff::Refused { reason, said }),
            said => said.map(|_| CalledOff::Done),
        }
    }

    async fn track(&self, trip: &Trip, cursor: Option<&str>) -> Result<Tracked, Failure> {
        let query = bodies::tracking(&self.settings, cursor)?;
        let path = format!("{}{query}", self.settings.paths.tracking);
        let answer = self.call(trip, "tracking", &path, Body::Nothing).await?;
        answers::read_tracked(&self.settings, cursor, &answer)
    }

    async fn price(&self, trip: &Trip, parcel: &Parcel) -> Result<i64, Failure> {
        let body = bodies::price(&self.settings, parcel)?;
        let answer = self.call(trip, "price", &self.settings.paths.price, Body::Json(&body)).await?;
        answers::read_price(&answer)
    }
}

#[cfg(test)]
mod tests;
