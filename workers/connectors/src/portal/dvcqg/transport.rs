//! The ways to the portal: the same payload over the province's adapter or its integration platform (wire.md §1.13).

use super::{answers::Said, endpoints::Service};
use crate::{
    failure::Failure,
    outgoing::Answer,
    portal::Exchange,
    recording::{masked, masked_text},
    trip::Trip,
};
use async_trait::async_trait;
use serde_json::Value;
use std::fmt::Debug;

/// One way. It knows addresses, credentials and envelopes; what is said is made and read elsewhere.
#[async_trait]
pub(super) trait Transport: Debug + Send + Sync {
    /// Asks a service with the members of its own. Fails in words where it has no address.
    async fn call(&self, trip: &Trip, service: Service, fields: Value) -> Result<Heard, Failure>;

    /// Asks for a file by its link; the answer still wraps it.
    async fn file(&self, trip: &Trip, link: &str) -> Result<Answer, Failure>;

    /// Whether the settings hold an address for a service.
    fn reaches(&self, service: Service) -> bool;
}

/// An answer with what it means.
#[derive(Debug)]
pub(super) struct Heard {
    pub(super) said: Said,
    pub(super) exchange: Exchange,
}

impl Heard {
    /// Reads the answer to a request.
    pub(super) fn read(request: &Value, answer: &Answer) -> Result<Self, Failure> {
        let exchange =
            Exchange { raw_request: masked(request).to_string(), raw_answer: masked_text(&answer.bytes) };
        Ok(Self { said: Said::read(answer)?, exchange })
    }
}

/// The failure of a service that this way does not reach.
pub(super) fn no_address(service: &str) -> Failure {
    Failure::fail(format!(
        "the national portal cannot be asked for {service}: its settings hold no address for it"
    ))
}
