//! What can be set about the edge.

use crate::identity::IssuerSettings;
use entities::payments::accounts::Account;
use secrecy::SecretString;
use serde::Deserialize;

/// Section `[api]` of the settings file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ApiSettings {
    /// Address and port to listen on.
    pub listen: String,
    /// Address under which people reach the office, without a slash at the end.
    pub public_url: String,
    /// Threads that answer requests; 0 means one for each processor.
    pub threads: usize,
    /// Seconds a request may still take after the office was told to stop.
    pub drain_seconds: u64,
    /// Streams of progress that one process serves at once.
    pub streams: usize,
    /// Largest JSON body in bytes.
    pub json_limit_bytes: usize,
    /// Largest uploaded file in bytes.
    pub file_limit_bytes: i64,
    /// Largest part of a resumable upload in bytes; it is held in memory.
    pub part_limit_bytes: usize,
    /// Secret that signs page cursors; at least 32 characters, the same on every instance.
    pub cursor_secret: SecretString,
    /// Secret that signs links to files; the process takes it from `[office]`, so that workers and API agree.
    #[serde(skip)]
    pub link_secret: SecretString,
    /// Hours for which an opened payment may be paid; the process takes them from `[office]`.
    #[serde(skip)]
    pub payment_hours: u16,
    /// Account for transfers to units without one; the process takes it from `[office]`.
    #[serde(skip)]
    pub account: Option<Account>,
    /// Origins whose pages may call the API from a browser; none by default.
    pub cors_origins: Vec<String>,
    /// Who is administrator without an assignment, each as `issuer|subject`; for the first day of a new office.
    pub administrators: Vec<String>,
    /// Seconds for which the roles of a person, and that a session has not ended, are remembered.
    pub roles_seconds: u64,
    /// Seconds for which a checked signature is not checked again; times and audience always are.
    pub signatures_seconds: u64,
    /// Hours for which an access token may be good from now on at most; ended sessions are remembered for as long.
    pub token_hours: u32,
    /// True when machine clients must show tokens that are bound to a key (DPoP) or to a certificate.
    pub machines_prove: bool,
    /// Header in which the proxy tells the client's certificate; empty when none does.
    pub certificate_header: String,
    /// Seconds by which the clocks of issuers may differ from ours.
    pub leeway_seconds: i64,
    /// Least seconds between two fetches of an issuer's keys.
    pub keys_pause_seconds: u64,
    /// Who may issue access tokens.
    pub issuers: Vec<IssuerSettings>,
    /// How often a caller may ask.
    pub limits: Limits,
    /// What a request may bring, and how slowly.
    pub intake: Intake,
    /// What the national portal sends.
    pub portal: PortalSettings,
    /// True for the demo: carries an issuer of its own. Never true where real people are served.
    pub demo: bool,
}

impl Default for ApiSettings {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".into(),
            public_url: "http://127.0.0.1:8080".into(),
            threads: 0,
            drain_seconds: 30,
            streams: 200,
            json_limit_bytes: 1 << 20,
            file_limit_bytes: 50 << 20,
            part_limit_bytes: 8 << 20,
            cursor_secret: SecretString::default(),
            link_secret: SecretString::default(),
            payment_hours: 24,
            account: None,
            cors_origins: Vec::new(),
            administrators: Vec::new(),
            roles_seconds: 10,
            signatures_seconds: 60,
            token_hours: 24,
            machines_prove: false,
            certificate_header: String::new(),
            leeway_seconds: 30,
            keys_pause_seconds: 30,
            issuers: Vec::new(),
            limits: Limits::default(),
            intake: Intake::default(),
            portal: PortalSettings::default(),
            demo: false,
        }
    }
}

/// Section `[api.limits]`: requests a minute that one caller may make, of all processes that share a Redis; 0 means any
/// number.
///
/// A caller is a person, by a token whose signature was checked, or an address where there is none.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Reads of single things a minute.
    pub reads_per_minute: u32,
    /// Pages of lists and searches a minute.
    pub lists_per_minute: u32,
    /// Writes a minute.
    pub writes_per_minute: u32,
    /// Files sent or fetched, sheets and reports a minute.
    pub heavy_per_minute: u32,
    /// Public look-ups and checks of results a minute from one address, with or without a token.
    pub lookups_per_minute: u32,
    /// Requests of any kind a minute from one address; many people may share it.
    pub address_per_minute: u32,
    /// Requests of any kind a minute through one client (`azp` of the token); many people may use it.
    pub client_per_minute: u32,
    /// Milliseconds a request waits for Redis at most before this process counts by itself.
    pub redis_patience_ms: u64,
    /// Whether the last address of `X-Forwarded-For` is the caller's; only behind a proxy that adds it.
    pub trust_forwarded_for: bool,
}

impl Limits {
    /// Nothing is limited.
    pub fn none() -> Self {
        Self {
            reads_per_minute: 0,
            lists_per_minute: 0,
            writes_per_minute: 0,
            heavy_per_minute: 0,
            lookups_per_minute: 0,
            address_per_minute: 0,
            client_per_minute: 0,
            redis_patience_ms: 50,
            trust_forwarded_for: false,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            reads_per_minute: 600,
            lists_per_minute: 300,
            writes_per_minute: 120,
            heavy_per_minute: 120,
            lookups_per_minute: 20,
            address_per_minute: 6_000,
            client_per_minute: 60_000,
            ..Self::none()
        }
    }
}

/// Section `[api.intake]`: what a request may bring beside its body, and how slowly.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Intake {
    /// Most header fields.
    pub head_fields: usize,
    /// Most bytes of address and header fields together.
    pub head_bytes: usize,
    /// Milliseconds in which the head of a request must have come.
    pub head_ms: u64,
    /// Milliseconds for which a line is kept without a request.
    pub keep_alive_ms: u64,
    /// Milliseconds for which a body may keep the office waiting in all, beside what its bytes earn.
    pub body_patience_ms: u64,
    /// Bytes that earn a second of waiting; a body that comes more slowly ends when the patience does.
    pub body_bytes_per_second: u32,
    /// Most lines that one thread serves at once; more wait to be taken.
    pub connections_per_thread: usize,
}

impl Default for Intake {
    fn default() -> Self {
        Self {
            head_fields: 64,
            head_bytes: 16 << 10,
            head_ms: 10_000,
            keep_alive_ms: 75_000,
            body_patience_ms: 10_000,
            body_bytes_per_second: 2_048,
            connections_per_thread: 4_096,
        }
    }
}

/// Section `[api.portal]`: what the national portal sends.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PortalSettings {
    /// Largest message in bytes, papers in it among them; it is held in memory.
    pub message_limit_bytes: usize,
    /// The unit that receives a dossier whose message names none; the first that fits counts.
    pub routes: Vec<PortalRoute>,
}

/// A block `[[api.portal.routes]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortalRoute {
    /// National procedure code, or `*` for all.
    pub procedure: String,
    /// Commune code of the applicant's address; any when empty.
    #[serde(default)]
    pub place: String,
    /// Organisation code of the unit that receives.
    pub unit: String,
}

impl Default for PortalSettings {
    fn default() -> Self {
        Self { message_limit_bytes: 32 << 20, routes: Vec::new() }
    }
}

/// A setting the office refuses to start with, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UnsafeSettings(pub String);
