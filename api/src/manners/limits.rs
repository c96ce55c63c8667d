//! Rate limits: whose budget a request spends, and what the answer says of it (draft-ietf-httpapi-ratelimit-headers).

use crate::manners::buckets::{Caller, Class, Standing};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use actix_web::{HttpRequest, web};
use sha2::{Digest, Sha256};
use std::net::{IpAddr, Ipv4Addr};

/// Addresses that answer however often they are asked: machines of the office itself, issuers, the payment platforms,
/// the portal.
const UNLIMITED: [&str; 5] = ["/livez", "/readyz", "/metrics", "/docs", "/v1/identity/backchannel-logout"];
const UNLIMITED_BELOW: [&str; 3] = ["/docs/", "/v1/callbacks/payments/", "/v1/callbacks/portals/"];

/// Addresses at which somebody could guess.
const GUESSABLE: [&str; 3] = ["/v1/lookups", "/v1/lookups/page", "/demo/tokens"];

/// Where asking alone is guessing, by whatever method.
const GUESSABLE_BELOW: &str = "/v1/verifications";

impl Class {
    /// What a request costs; none where nothing is counted.
    pub(crate) fn of(method: &str, path: &str) -> Option<Self> {
        let free = UNLIMITED.contains(&path) || UNLIMITED_BELOW.iter().any(|above| path.starts_with(above));
        match method {
            _ if free => None,
            "GET" | "HEAD" | "POST" if path.starts_with(GUESSABLE_BELOW) => Some(Self::Lookups),
            "GET" | "HEAD" | "OPTIONS" => Some(Self::Reads),
            "POST" if GUESSABLE.contains(&path) => Some(Self::Lookups),
            _ => Some(Self::Writes),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Writes => "writes",
            Self::Lookups => "lookups",
        }
    }
}

/// Counts a request; none where nothing is limited.
pub(super) fn count(req: &ServiceRequest) -> Option<Standing> {
    let office = req.app_data::<web::Data<Office>>()?;
    // The path as the routes will read it: a percent-encoded spelling is the same address.
    let class = Class::of(req.method().as_str(), req.match_info().as_str())?;
    let caller = caller(req, class, office.settings.limits.trust_forwarded_for);
    office.buckets.take(class, caller, office.clock.now())
}

/// Where guessing pays a token is not looked at, so a made-up one must not buy a new budget.
fn caller(req: &ServiceRequest, class: Class, forwarded: bool) -> Caller {
    let token = bearer(req.headers()).filter(|_| class != Class::Lookups);
    match token {
        Some(token) => Caller::Token(Sha256::digest(token).into()),
        None => Caller::at(address(req.request(), forwarded)),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&[u8]> {
    let told = headers.get(AUTHORIZATION)?.as_bytes();
    let (scheme, token) = told.split_at_checked(told.iter().position(|byte| *byte == b' ')?)?;
    let known = scheme.eq_ignore_ascii_case(b"bearer") || scheme.eq_ignore_ascii_case(b"dpop");
    known.then(|| token.trim_ascii())
}

/// The last address is the one the proxy itself saw; those before it are what the client says.
pub(crate) fn address(req: &HttpRequest, forwarded: bool) -> IpAddr {
    let told = req.headers().get_all("x-forwarded-for").last().filter(|_| forwarded);
    let told = told.and_then(|list| list.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    let peer = || req.peer_addr().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
    told.unwrap_or_else(peer)
}

impl Standing {
    /// The problem of a refused request.
    pub(super) fn refusal(&self) -> Option<Problem> {
        self.refused_for.map(Problem::too_many)
    }

    /// Says on the answer what the budget is and what is left of it.
    pub(super) fn tell(&self, headers: &mut HeaderMap) {
        let name = self.class.name();
        let policy = format!("\"{name}\";q={};w=60", self.quota);
        let left = format!("\"{name}\";r={};t={}", self.left, self.whole_in);
        for (field, text) in [("ratelimit-policy", policy), ("ratelimit", left)] {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(HeaderName::from_static(field), value);
            }
        }
    }
}
