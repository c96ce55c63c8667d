//! Rate limits: whose budgets a request spends, and what the answer says of it (draft-ietf-httpapi-ratelimit-headers).

use crate::manners::buckets::{Caller, Debt, Draw, Policy, Standing};
use crate::office::Office;
use crate::operations::description::Description;
use crate::problems::Problem;
use crate::settings::Limits;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use actix_web::{HttpRequest, web};
use std::net::{IpAddr, Ipv4Addr};

/// Addresses that answer however often they are asked: machines of the office itself, issuers, the payment platforms,
/// the portal.
const UNLIMITED: [&str; 5] = ["/livez", "/readyz", "/metrics", "/docs", "/v1/identity/backchannel-logout"];
const UNLIMITED_BELOW: [&str; 3] = ["/docs/", "/v1/callbacks/payments/", "/v1/callbacks/portals/"];

/// Addresses at which somebody could guess.
const GUESSABLE: [&str; 3] = ["/v1/lookups", "/v1/lookups/page", "/demo/tokens"];

/// Where asking alone is guessing, by whatever method.
const GUESSABLE_BELOW: &str = "/v1/verifications";

/// Whether requests to this address are counted.
pub(crate) fn counts(path: &str) -> bool {
    !UNLIMITED.contains(&path) && !UNLIMITED_BELOW.iter().any(|above| path.starts_with(above))
}

impl Policy {
    /// The budget a request is taken out of, whatever the operation at its address costs.
    fn of(method: &str, path: &str) -> Self {
        match method {
            "GET" | "HEAD" | "POST" if path.starts_with(GUESSABLE_BELOW) => Self::Lookups,
            "GET" | "HEAD" | "OPTIONS" => Self::Reads,
            "POST" if GUESSABLE.contains(&path) => Self::Lookups,
            _ => Self::Writes,
        }
    }

    /// What the fields and the settings call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Lists => "lists",
            Self::Writes => "writes",
            Self::Heavy => "heavy",
            Self::Lookups => "lookups",
            Self::Address => "address",
            Self::Client => "client",
        }
    }
}

/// Counts a request; empty where nothing is limited.
pub(super) async fn count(req: &ServiceRequest) -> Vec<Standing> {
    let (Some(office), Some(known)) =
        (req.app_data::<web::Data<Office>>(), req.app_data::<web::Data<Description>>())
    else {
        return Vec::new();
    };
    // The path as the routes will read it: a percent-encoded spelling is the same address.
    let (method, path) = (req.method().as_str(), req.match_info().as_str());
    if !counts(path) {
        return Vec::new();
    }
    let policy = match Policy::of(method, path) {
        Policy::Lookups => Policy::Lookups,
        plain => known.cost_at(method, path).unwrap_or(plain),
    };
    let here = Caller::at(address(req.request(), office.settings.limits.trust_forwarded_for));
    counted(office, policy, here, bearer(req.headers())).await
}

/// By address before the token is looked at, and then by whom and through which client, so that a made-up token buys
/// no budget. Where guessing pays, the address alone counts.
async fn counted(office: &Office, policy: Policy, here: Caller, token: Option<&str>) -> Vec<Standing> {
    let (limits, at) = (&office.settings.limits, office.clock.now());
    let address = draws(limits, &[(Policy::Address, here)]);
    if let Some(debts) = office.buckets.spent(&address, at) {
        return standings(&address, &debts);
    }
    let limited = [policy, Policy::Client].into_iter().any(|policy| limits.quota(policy) > 0);
    let speaker = match token.filter(|_| limited) {
        Some(token) => office.verifier.speaker(token, at).await,
        None => None,
    };
    let person = speaker.as_ref().map(|speaker| Caller::Person(speaker.person));
    let who = person.filter(|_| policy != Policy::Lookups).unwrap_or(here);
    let client =
        speaker.and_then(|speaker| speaker.client).map(|client| (Policy::Client, Caller::Client(client)));
    let all: Vec<(Policy, Caller)> =
        [(policy, who), (Policy::Address, here)].into_iter().chain(client).collect();
    let draws = draws(limits, &all);
    standings(&draws, &office.buckets.take(&draws, at).await)
}

/// Of the budgets that have a limit.
fn draws(limits: &Limits, all: &[(Policy, Caller)]) -> Vec<Draw> {
    let draws = all.iter().map(|(policy, caller)| Draw {
        policy: *policy,
        caller: *caller,
        quota: limits.quota(*policy),
    });
    draws.filter(|draw| draw.quota > 0).collect()
}

fn standings(draws: &[Draw], debts: &[Debt]) -> Vec<Standing> {
    draws.iter().zip(debts).map(|(draw, debt)| draw.standing(*debt)).collect()
}

impl Limits {
    /// Requests a minute; 0 means any number.
    fn quota(&self, policy: Policy) -> u32 {
        match policy {
            Policy::Reads => self.reads_per_minute,
            Policy::Lists => self.lists_per_minute,
            Policy::Writes => self.writes_per_minute,
            Policy::Heavy => self.heavy_per_minute,
            Policy::Lookups => self.lookups_per_minute,
            Policy::Address => self.address_per_minute,
            Policy::Client => self.client_per_minute,
        }
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let known = scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("dpop");
    known.then(|| token.trim())
}

/// The last address is the one the proxy itself saw; those before it are what the client says.
pub(crate) fn address(req: &HttpRequest, forwarded: bool) -> IpAddr {
    let told = req.headers().get_all("x-forwarded-for").last().filter(|_| forwarded);
    let told = told.and_then(|list| list.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    let peer = || req.peer_addr().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
    told.unwrap_or_else(peer)
}

/// The problem of a request that one of its budgets refuses.
pub(super) fn refusal(standings: &[Standing]) -> Option<Problem> {
    standings.iter().filter_map(|standing| standing.refused_for).max().map(Problem::too_many)
}

/// Says on the answer what the budgets are and what is left of each.
pub(super) fn tell(standings: &[Standing], headers: &mut HeaderMap) {
    let policies = standings.iter().map(|of| format!("\"{}\";q={};w=60", of.policy.name(), of.quota));
    let left = standings.iter().map(|of| format!("\"{}\";r={};t={}", of.policy.name(), of.left, of.whole_in));
    for (field, items) in
        [("ratelimit-policy", policies.collect::<Vec<_>>()), ("ratelimit", left.collect::<Vec<_>>())]
    {
        if let Ok(value) = HeaderValue::from_str(&items.join(", "))
            && !items.is_empty()
        {
            headers.insert(HeaderName::from_static(field), value);
        }
    }
}
