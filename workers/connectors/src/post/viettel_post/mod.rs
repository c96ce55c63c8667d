//! Viettel Post (wire.md §3.4).

mod answers;
mod bodies;
mod events;
mod settings;
mod token;

pub use settings::{Events, Paths, Settings};

use super::{
    Accepted, CalledOff, OrderNumber, Parcel, PostCarrier, Shipment, Tracked, TrackingEvent, Unheard, places,
};
use crate::{
    failure::Failure,
    outgoing::{Answer, Ask, Body, Outgoing},
    trip::Trip,
    wire::Wire,
};
use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::collections::BTreeMap;
use token::Token;

/// The adapter.
#[derive(Debug)]
pub struct ViettelPost {
    settings: Settings,
    out: Outgoing,
    token: Token,
}

impl ViettelPost {
    /// An adapter with these settings. Fails when the limits cannot be met.
    pub fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let out = Outgoing::new("Viettel Post", &settings.limits, wire)?;
        Ok(Self { settings, out, token: Token::default() })
    }

    /// One call with the token; a token that is no longer good is renewed once.
    async fn call(&self, trip: &Trip, what: &str, path: &str, body: Body<'_>) -> Result<Value, Failure> {
        let token = self.token.current(self, trip).await?;
        let answer = self.call_with(trip, (what, path), &body, &token, false).await?;
        if !answers::refuses_token(&answer) {
            return answers::read(&answer.taken()?);
        }
        let token = self.token.renewed(self, trip, &token).await?;
        answers::read(&self.call_with(trip, (what, path), &body, &token, true).await?.taken()?)
    }

    async fn call_with(
        &self,
        trip: &Trip,
        (what, path): (&str, &str),
        body: &Body<'_>,
        token: &SecretString,
        fresh: bool,
    ) -> Result<Answer, Failure> {
        let headers = vec![("token", token.expose_secret().to_owned())];
        let url = format!("{}{path}", self.settings.url);
        let ask = Ask { url: &url, what, headers, body: *body };
        let keeps_us_out =
            |answer: &Answer| answers::bars_account(answer) || (fresh && answers::refuses_token(answer));
        self.out.send_unless(trip, ask, keeps_us_out).await
    }

    /// The main service of a carriage: the one of the settings, else the first that the carrier offers.
    async fn service(&self, trip: &Trip, shipment: &Shipment) -> Result<String, Failure> {
        if let Some(service) = &self.settings.service {
            return Ok(service.clone());
        }
        let body = bodies::price_of(&self.settings, shipment)?;
        let offers = self.call(trip, "getPriceAll", &self.settings.paths.price, Body::Json(&body)).await?;
        answers::first_service(&offers)
    }
}

#[async_trait]
impl PostCarrier for ViettelPost {
    async fn order(&self, trip: &Trip, shipment: &Shipment) -> Result<Accepted, Failure> {
        bodies::must_be_sound(shipment)?;
        let service = self.service(trip, shipment).await?;
        let body = bodies::order(&self.settings, shipment, (&service, trip.at));
        let said = self.call(trip, "createOrder", &self.settings.paths.order, Body::Json(&body)).await;
        let said =
            said.map_err(|why| places::with_left_out(why, &bodies::left_out(&self.settings, shipment)))?;
        answers::read_accepted(&said)
    }

    async fn cancel(&self, trip: &Trip, order: &OrderNumber) -> Result<CalledOff, Failure> {
        let body = bodies::cancel(order, trip.at)?;
        match self.call(trip, "UpdateOrder", &self.settings.paths.update, Body::Json(&body)).await {
            Err(Failure::Fail { reason, said }) => Ok(CalledOff::Refused { reason, said }),
            said => said.map(|_| CalledOff::Done),
        }
    }

    async fn track(&self, trip: &Trip, cursor: Option<&str>) -> Result<Tracked, Failure> {
        if self.settings.paths.tracking.is_empty() {
            return events::nothing_to_ask(&self.settings, cursor);
        }
        let path = format!("{}?from={}", self.settings.paths.tracking, events::cursor(cursor)?);
        let said = self.call(trip, "tracking", &path, Body::Nothing).await?;
        events::read_tracked(&self.settings, cursor, &said)
    }

    async fn price(&self, trip: &Trip, parcel: &Parcel) -> Result<i64, Failure> {
        let body = bodies::price(&self.settings, parcel)?;
        let offers = self.call(trip, "getPriceAll", &self.settings.paths.price, Body::Json(&body)).await?;
        answers::read_price(&self.settings, &offers)
    }

    fn read_event(
        &self,
        body: &[u8],
        _headers: &BTreeMap<String, String>,
    ) -> Result<Vec<TrackingEvent>, Unheard> {
        events::read_sent(&self.settings, body)
    }
}

#[cfg(test)]
mod tests;
