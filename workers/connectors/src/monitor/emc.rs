//! EMC, which follows how online services are used: one message an action, taken when it answers 204 (wire.md §1.12).

use super::{Carried, Usage, UsageMonitor, UsagePayment, UsageUser};
use crate::{
    failure::Failure,
    outgoing::{Ask, Body, Limits, Outgoing},
    trip::Trip,
    wire::Wire,
};
use async_trait::async_trait;
use rules::status::Status;
use serde::Deserialize;
use serde_json::{Value, json};

/// Settings of EMC. Example: `{"url": "https://f-emc.ngsp.gov.vn/TrackingMCDT", "site_id": "H99"}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address that takes the messages.
    pub url: String,
    /// Number that EMC gave to the site.
    pub site_id: String,
    /// How the names of the members are written; two ways are seen in the field.
    #[serde(default)]
    pub names: Names,
    /// How a message is sent; both are seen in the field.
    #[serde(default)]
    pub sent_as: SentAs,
    /// Whether it is told whose a dossier is. The figures do not need it.
    #[serde(default)]
    pub tells_users: bool,
    /// Limits of the wire.
    #[serde(default)]
    pub limits: Limits,
}

/// The two ways to write names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Names {
    /// `codeProfile`.
    #[default]
    Camel,
    /// `CodeProfile`, with the dossier code once more as `MaHoSo`.
    Pascal,
}

/// The two ways to send.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentAs {
    /// A JSON object.
    #[default]
    Json,
    /// A form.
    Form,
}

/// The adapter.
#[derive(Debug)]
pub struct Emc {
    settings: Settings,
    out: Outgoing,
}

impl Emc {
    /// An adapter with these settings. Fails when the limits cannot be met.
    pub fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let out = Outgoing::new("the usage monitor", &settings.limits, wire)?;
        Ok(Self { settings, out })
    }
}

#[async_trait]
impl UsageMonitor for Emc {
    async fn track(&self, trip: &Trip, usage: &Usage) -> Result<(), Failure> {
        let members = members(&self.settings, usage)?;
        let json: Value = members.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&members).finish();
        let body = match self.settings.sent_as {
            SentAs::Json => Body::Json(&json),
            SentAs::Form => Body::Form(&form),
        };
        let ask = Ask { url: &self.settings.url, what: "TrackingMCDT", headers: Vec::new(), body };
        let answer = self.out.send(trip, ask).await?.taken()?;
        if answer.status == 204 { Ok(()) } else { Err(answer.unreadable()) }
    }
}

fn members(settings: &Settings, usage: &Usage) -> Result<Vec<(String, String)>, Failure> {
    if usage.code.trim().is_empty() {
        return Err(Failure::fail("what is told to the usage monitor must name its dossier"));
    }
    let user = usage.user.as_ref().filter(|_| settings.tells_users).map(user).unwrap_or_default();
    let told = [
        ("codeProfile", usage.code.as_str()),
        ("siteId", &settings.site_id),
        ("codeTTHC", &usage.procedure_code),
        ("nameTTHC", &usage.procedure_name),
        ("status", status(usage.status)),
        ("formsReception", if usage.online { "1" } else { "2" }),
        ("formsPayments", payment(usage.payment)),
        ("level", level(usage)),
        ("isFromDVCQG", if usage.from_portal { "1" } else { "0" }),
        ("isDVCBC", carried(usage.carried)),
        ("data", ""),
        ("user", &user),
    ];
    let mut members: Vec<(String, String)> =
        told.into_iter().map(|(name, value)| (written(settings.names, name), value.to_owned())).collect();
    if settings.names == Names::Pascal {
        members.push(("MaHoSo".to_owned(), usage.code.clone()));
    }
    Ok(members)
}

fn written(names: Names, name: &str) -> String {
    let mut letters = name.chars();
    match (names, letters.next()) {
        (Names::Pascal, Some(first)) => first.to_uppercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

// 0 other, 1 received, 2 in processing, 3 returned (law.md §7.7).
fn status(status: Status) -> &'static str {
    match status {
        Status::Submitted | Status::Received => "1",
        Status::Processing => "2",
        Status::Decided | Status::Returned => "3",
        Status::Refused
        | Status::AwaitingSupplement
        | Status::AwaitingPayment
        | Status::Withdrawn
        | Status::Stopped => "0",
    }
}

fn payment(payment: UsagePayment) -> &'static str {
    match payment {
        UsagePayment::None => "0",
        UsagePayment::Online => "1",
        UsagePayment::Direct => "2",
    }
}

fn level(usage: &Usage) -> &'static str {
    match (usage.online, usage.whole) {
        (false, false) => "0",
        (false, true) => "1",
        (true, false) => "3",
        (true, true) => "4",
    }
}

fn carried(carried: Carried) -> &'static str {
    match carried {
        Carried::Nobody => "0",
        Carried::NationalPost => "1",
        Carried::Other => "2",
    }
}

// A tax number has ten characters, everything else is a person's. The members stand in the order of the alphabet, so
// that the text is the same however maps are kept.
fn user(user: &UsageUser) -> String {
    let kind = if user.number.chars().count() == 10 { 1 } else { 2 };
    json!({
        "ID_QG": user.account.as_deref().unwrap_or_default(),
        "ID_local": user.number,
        "LOCATION": user.place_code.as_deref().unwrap_or_default(),
        "TYPE": kind,
    })
    .to_string()
}
