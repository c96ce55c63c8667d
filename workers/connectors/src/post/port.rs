//! The port of every postal carrier: order, cancel, follow, price.

use crate::{
    failure::{Failure, Said},
    trip::Trip,
};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A carrier of dossiers and results. Every call may be repeated with the same order number.
#[async_trait]
pub trait PostCarrier: Send + Sync {
    /// Orders the carriage. Repeating with the same order number orders no second one.
    async fn order(&self, trip: &Trip, shipment: &Shipment) -> Result<Accepted, Failure>;

    /// Cancels an order that is not yet on its way.
    async fn cancel(&self, trip: &Trip, order: &OrderNumber) -> Result<CalledOff, Failure>;

    /// The events after a cursor, oldest first; `None` starts at the beginning of the carrier's list.
    async fn track(&self, trip: &Trip, cursor: Option<&str>) -> Result<Tracked, Failure>;

    /// What a carriage costs, in đồng.
    async fn price(&self, trip: &Trip, parcel: &Parcel) -> Result<i64, Failure>;

    /// Reads what the carrier sends by itself, header names in lower case. A carrier that sends nothing refuses all of it.
    fn read_event(
        &self,
        _body: &[u8],
        _headers: &BTreeMap<String, String>,
    ) -> Result<Vec<TrackingEvent>, Unheard> {
        Err(Unheard::NotExpected)
    }
}

/// Why what came in as a carrier's message is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unheard {
    /// The carrier sends nothing by itself, or nobody set it up.
    #[error("this carrier sends no events")]
    NotExpected,
    /// It does not prove that it comes from the carrier.
    #[error("the message is not the carrier's")]
    Forged,
    /// It cannot be read.
    #[error("the message cannot be read")]
    Unreadable,
}

/// An order by both its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderNumber {
    /// Ours.
    pub ours: String,
    /// The carrier's own, where it gave one.
    pub theirs: Option<String>,
}

/// One carriage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipment {
    /// Our number of the order, one for each leg.
    pub order_number: String,
    /// Which way it goes.
    pub leg: Leg,
    /// Sum the postman collects, in đồng; 0 for none.
    pub cod_amount: i64,
    /// Where it starts.
    pub sender: Address,
    /// Where it ends.
    pub receiver: Address,
    /// The papers inside (TT 17/2017 Đ9).
    pub contents: String,
    /// Name of the procedure and anything the postman should know.
    pub description: String,
    /// Waybill number given out beforehand, where the contract has them.
    pub item_code: Option<String>,
}

/// The two legs of public post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leg {
    /// From the citizen's home to the desk.
    Collection,
    /// From the desk to the citizen's home.
    Return,
}

/// One end of a carriage, with the administration's own codes; the adapter knows the carrier's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Person or agency.
    pub name: String,
    /// House, street, village, commune.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// E-mail, where known.
    pub email: Option<String>,
    /// Province code of the General Statistics Office, such as `06`.
    pub province_code: Option<String>,
    /// District code, where there still is one.
    pub district_code: Option<String>,
    /// Commune code.
    pub commune_code: Option<String>,
    /// What the carrier itself calls these places, where the office's table says so.
    pub known_as: CarrierCodes,
}

/// A carrier's own codes of the places of an address; they come before what its settings say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CarrierCodes {
    /// Of the province.
    pub province: Option<String>,
    /// Of the district.
    pub district: Option<String>,
    /// Of the commune.
    pub ward: Option<String>,
}

/// An order the carrier has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What the carrier remarked, where it did.
    pub remark: Option<String>,
    /// The carrier's own number of the order, where it gives one.
    pub carrier_number: Option<String>,
}

/// What a carrier answers when an order is to be called off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalledOff {
    /// It does not carry it.
    Done,
    /// It said no; a failure of ours before it was asked is no such answer.
    Refused {
        /// By which code.
        reason: String,
        /// In which words.
        said: Said,
    },
}

/// What happened to parcels since a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracked {
    /// The events, oldest first.
    pub events: Vec<TrackingEvent>,
    /// Where to continue; `None` when the carrier has nothing at all yet.
    pub next_cursor: Option<String>,
    /// Whether the page was full, so that more may wait.
    pub more: bool,
}

/// One event of one parcel; the carrier's own words are kept beside ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrackingEvent {
    /// The carrier's key of the event.
    pub event_id: String,
    /// Our order number.
    pub order_number: String,
    /// The carrier's code.
    pub raw_code: String,
    /// The carrier's words.
    pub raw_message: String,
    /// What it means to us.
    pub state: TrackingState,
}

impl TrackingEvent {
    /// The event as it can be kept: no control characters, its key and its code no longer than a row has room for. What
    /// stands in the place of the code and is none goes to the words, which are sealed.
    #[must_use]
    pub(super) fn kept(self) -> Self {
        let plain = |text: String, most| text.chars().filter(|c| !c.is_control()).take(most).collect();
        let raw_code: String = plain(self.raw_code, 40);
        let (raw_code, raw_message) = match is_code(&raw_code) {
            true => (raw_code, self.raw_message),
            false => (NO_CODE.to_owned(), format!("{raw_code}: {}", self.raw_message)),
        };
        Self {
            event_id: plain(self.event_id, 80),
            order_number: plain(self.order_number, 60),
            raw_code,
            raw_message: plain(raw_message, 400),
            state: self.state,
        }
    }
}

/// Stands in the place of a code that is none.
const NO_CODE: &str = "?";

/// Letters of the Latin alphabet, digits and the marks between them: a code says nothing of a person.
pub(super) fn is_code(text: &str) -> bool {
    text.chars().count() <= 40 && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// The code as it may stand in the words of a failure.
pub(super) fn code_or_none(text: &str) -> &str {
    if is_code(text) { text } else { NO_CODE }
}

/// What a parcel does (law.md §5, the list at its end).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrackingState {
    /// Đã tạo.
    Created,
    /// Chờ gom.
    AwaitingCollection,
    /// Đã gom.
    Collected,
    /// Đang chuyển.
    InTransit,
    /// Đang phát.
    OutForDelivery,
    /// Phát thành công.
    Delivered,
    /// Phát không thành công.
    Undelivered,
    /// Chuyển hoàn.
    Returning,
    /// Đã chuyển hoàn về cơ quan.
    ReturnedToAgency,
    /// Hủy.
    Cancelled,
    /// A code that the mapping table does not hold; the raw one tells more.
    Unknown,
}

/// What to price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Weight in grams.
    pub weight_grams: u32,
    /// Where it starts; only the codes are used.
    pub sender: Address,
    /// Where it ends; only the codes are used.
    pub receiver: Address,
}
