//! What a contract with Viettel Post says; what no public document says is a setting (wire.md §3.4).

use crate::{outgoing::Limits, post::TrackingState};
use secrecy::SecretString;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Settings of the carrier. Example: `{"url": "https://partner.viettelpost.vn/v2", "username": "…", "password": "…",
/// "group_address_id": 5818802, "customer_id": 722, "parcel_grams": 100}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Base address of the carrier's calls.
    pub url: String,
    /// Account.
    pub username: String,
    /// Its password.
    pub password: SecretString,
    /// Store the parcels start from (`GROUPADDRESS_ID`), as the contract says.
    pub group_address_id: i64,
    /// Customer of the contract (`CUS_ID`).
    pub customer_id: i64,
    /// Weight that the contract says of one parcel of papers, in grams.
    pub parcel_grams: u32,
    /// Main service (`ORDER_SERVICE`), such as `VCN`; without it the carrier is asked before every order.
    #[serde(default)]
    pub service: Option<String>,
    /// Where the sum stands in an answer of `getPriceAll`; wire.md does not establish it.
    #[serde(default = "price_field")]
    pub price_field: String,
    /// Paths of the calls below the base address.
    #[serde(default)]
    pub paths: Paths,
    /// The carrier's number of a province by the official code. One that is not here is left out, never guessed.
    #[serde(default)]
    pub provinces: BTreeMap<String, i64>,
    /// The carrier's number of a district by the official code.
    #[serde(default)]
    pub districts: BTreeMap<String, i64>,
    /// The carrier's number of a commune by the official code.
    #[serde(default)]
    pub wards: BTreeMap<String, i64>,
    /// What the carrier's status codes mean. None is established; ask the carrier.
    #[serde(default)]
    pub states: BTreeMap<String, TrackingState>,
    /// Where events stand in what the carrier tells.
    #[serde(default)]
    pub events: Events,
    /// Value of `TOKEN` in the events that the carrier sends by itself; without it none is taken.
    #[serde(default)]
    pub webhook_token: Option<SecretString>,
    /// Limits of the wire.
    #[serde(default)]
    pub limits: Limits,
}

/// Paths of the calls; those of the public partner guide by default.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paths {
    /// First login, for a token that lasts a short while.
    pub login: String,
    /// Second login, for the one that lasts; empty where the first is enough.
    pub long_login: String,
    /// Of a new order.
    pub order: String,
    /// Of a change to an order.
    pub update: String,
    /// Of prices.
    pub price: String,
    /// Of the list of events, asked with `?from=` the last one; empty where the carrier has none.
    pub tracking: String,
}

/// Where events stand in what the carrier tells; none of it is established, the names are those of the partner guide.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Events {
    /// JSON pointer to the list of events, or to the one that was sent.
    pub at: String,
    /// The carrier's number of the order.
    pub carrier_number: String,
    /// Our number of the order.
    pub order_number: String,
    /// Status code.
    pub code: String,
    /// Words of the status.
    pub message: String,
    /// When, as `dd/MM/yyyy HH:mm:ss` in Vietnam.
    pub happened: String,
}

impl Default for Paths {
    fn default() -> Self {
        Self {
            login: "/user/Login".to_owned(),
            long_login: "/user/ownerconnect".to_owned(),
            order: "/order/createOrder".to_owned(),
            update: "/order/UpdateOrder".to_owned(),
            price: "/order/getPriceAll".to_owned(),
            tracking: String::new(),
        }
    }
}

impl Default for Events {
    fn default() -> Self {
        Self {
            at: "/DATA".to_owned(),
            carrier_number: "ORDER_NUMBER".to_owned(),
            order_number: "ORDER_REFERENCE".to_owned(),
            code: "ORDER_STATUS".to_owned(),
            message: "STATUS_NAME".to_owned(),
            happened: "ORDER_STATUSDATE".to_owned(),
        }
    }
}

fn price_field() -> String {
    "GIA_CUOC".to_owned()
}
