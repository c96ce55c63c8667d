//! What the settings say of doors: who is believed, where is listened, how often may be asked, where to is called.

use super::Finding;
use crate::settings::Settings;
use api::identity::{IssuerKind, IssuerSettings};
use reqwest::Url;
use std::net::{IpAddr, SocketAddr};
use workers::digitising_settings::Unscanned;

/// The level that online services ask of a person's sign-in (QĐ 06/QĐ-TTg).
const LEVEL: u8 = 2;

/// Checks the settings alone; nothing is asked.
pub(super) fn check(settings: &Settings) -> Vec<Finding> {
    let mut found = vec![demo(settings), assurance(settings), machines(settings), listening(settings)];
    found.extend([public(settings), origins(settings), limits(settings), redis(settings)]);
    found.extend([administrators(settings), wires(settings), scanner(settings), measures(settings)]);
    found
}

fn demo(settings: &Settings) -> Finding {
    if settings.api.demo {
        return Finding::bad("demo", "it hands out tokens to everybody; set [api] demo = false");
    }
    let open = settings.api.issuers.iter().find(|issuer| issuer.kind == IssuerKind::Demo);
    match open {
        Some(issuer) => {
            Finding::bad("demo", format!("{} is an issuer of the demo; take it out", issuer.issuer))
        }
        None => Finding::ok("demo", "off"),
    }
}

fn assurance(settings: &Settings) -> Finding {
    let national =
        |issuer: &&IssuerSettings| matches!(issuer.kind, IssuerKind::NationalSso | IssuerKind::Vneid);
    let mut issuers = settings.api.issuers.iter().filter(national);
    match issuers.find(|issuer| issuer.min_assurance < LEVEL) {
        Some(issuer) => Finding::bad(
            "assurance",
            format!(
                "{} may sign people in below level {LEVEL}; set its min_assurance = {LEVEL}",
                issuer.issuer
            ),
        ),
        None => Finding::ok("assurance", format!("national sign-ons ask for level {LEVEL}")),
    }
}

fn machines(settings: &Settings) -> Finding {
    if settings.api.machines_prove {
        return Finding::ok("machine clients", "their tokens are bound to a key or a certificate");
    }
    Finding::warn("machine clients", "a token that leaks works for anybody; set [api] machines_prove = true")
}

fn listening(settings: &Settings) -> Finding {
    let Ok(address) = settings.api.listen.parse::<SocketAddr>() else {
        return Finding::warn("listening", format!("{} is a name; give an address", settings.api.listen));
    };
    let behind_a_proxy = settings.api.limits.trust_forwarded_for;
    if address.ip().is_loopback() || behind_a_proxy {
        return Finding::ok("listening", format!("at {address}"));
    }
    let every = if address.ip().is_unspecified() { "every address of the machine" } else { "the network" };
    Finding::bad(
        "listening",
        format!(
            "on {every} without a proxy; listen on 127.0.0.1, or let nobody around the proxy and set \
             [api.limits] trust_forwarded_for = true"
        ),
    )
}

fn public(settings: &Settings) -> Finding {
    for (name, address) in
        [("[api] public_url", &settings.api.public_url), ("[office] public_url", &settings.office.public_url)]
    {
        if plain(address) {
            return Finding::bad("public address", format!("{name} is {address}; people need https"));
        }
        if !address.starts_with("https://") {
            return Finding::warn(
                "public address",
                format!("{name} is {address}, where only this machine asks"),
            );
        }
    }
    Finding::ok("public address", "https")
}

fn origins(settings: &Settings) -> Finding {
    let origins = &settings.api.cors_origins;
    if origins.iter().any(|origin| origin.contains('*')) {
        return Finding::bad(
            "browsers",
            "pages of anybody may call the API; name the origins in [api] cors_origins",
        );
    }
    match origins.iter().find(|origin| plain(origin)) {
        Some(origin) => Finding::warn("browsers", format!("{origin} can be played by who is on its network")),
        None => Finding::ok("browsers", format!("{} origins may call the API", origins.len())),
    }
}

fn limits(settings: &Settings) -> Finding {
    let limits = &settings.api.limits;
    if limits.lookups_per_minute == 0 {
        return Finding::bad("limits", "codes can be walked through; set [api.limits] lookups_per_minute");
    }
    let budgets = [
        limits.reads_per_minute,
        limits.lists_per_minute,
        limits.writes_per_minute,
        limits.heavy_per_minute,
        limits.address_per_minute,
        limits.client_per_minute,
    ];
    if budgets.contains(&0) {
        return Finding::warn(
            "limits",
            "one caller may ask without end; give every line of [api.limits] a number",
        );
    }
    Finding::ok("limits", "every caller, address and client has a budget")
}

fn redis(settings: &Settings) -> Finding {
    let Some(url) = settings.redis.url.as_deref() else { return Finding::ok("redis", "none") };
    let Ok(url) = Url::parse(url) else { return Finding::bad("redis", "[redis] url is no address") };
    if near(&url) {
        return Finding::ok("redis", "on this machine");
    }
    match (url.password().is_some(), url.scheme() == "rediss") {
        (false, _) => Finding::bad("redis", "far away without a password; whoever reaches it can empty it"),
        (true, false) => Finding::warn("redis", "far away without TLS; use rediss://"),
        (true, true) => Finding::ok("redis", "behind a password and TLS"),
    }
}

fn administrators(settings: &Settings) -> Finding {
    match settings.api.administrators.len() {
        0 => Finding::ok("administrators", "by assignment alone"),
        many => Finding::warn(
            "administrators",
            format!(
                "{many} by the settings, which no ending takes away; empty [api] administrators once one is assigned"
            ),
        ),
    }
}

fn wires(settings: &Settings) -> Finding {
    let plain: Vec<&str> = settings
        .connectors
        .iter()
        .filter(|(_, section)| {
            section.as_object().is_some_and(|s| s.values().any(|v| v.as_str().is_some_and(plain)))
        })
        .map(|(key, _)| key.as_str())
        .collect();
    let issuers = settings.api.issuers.iter().filter_map(|issuer| issuer.jwks_uri.as_deref());
    if let Some(address) = issuers.clone().find(|address| self::plain(address)) {
        return Finding::bad(
            "wires",
            format!("keys of an issuer come over {address}; anybody between can sign"),
        );
    }
    if plain.is_empty() {
        return Finding::ok("wires", "no party is called without TLS");
    }
    Finding::warn("wires", format!("{} are called without TLS; give https addresses", plain.join(" and ")))
}

fn scanner(settings: &Settings) -> Finding {
    if settings.connectors.contains_key("clamd") || settings.digitising.unscanned == Unscanned::Hold {
        return Finding::ok("viruses", "no file goes on unscanned");
    }
    Finding::warn("viruses", "files go on unscanned; set up [connectors.clamd]")
}

fn measures(settings: &Settings) -> Finding {
    let far =
        settings.measures.listen.as_deref().filter(|listen| {
            listen.parse::<SocketAddr>().map_or(true, |address| !address.ip().is_loopback())
        });
    match far {
        Some(listen) => Finding::warn("measures", format!("shown at {listen}; let only the watch reach it")),
        None => Finding::ok("measures", "shown to this machine alone, or to nobody"),
    }
}

/// An address without TLS that is not on this machine.
fn plain(address: &str) -> bool {
    address.starts_with("http://") && Url::parse(address).map_or(true, |url| !near(&url))
}

/// Whether an address is on this machine.
pub(super) fn near(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host.is_empty() || host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
