//! Letters over SMTP: kept connections, STARTTLS or TLS, time limits.

mod lines;

use super::{Letter, Mailer, message};
use crate::{failure::Failure, line::Ended, trip::Trip, wire::Wire};
use async_trait::async_trait;
use lettre::{
    message::Mailbox,
    transport::smtp::{
        Error,
        client::{Certificate, TlsParameters},
    },
};
use lines::Lines;
use secrecy::SecretString;
use serde::Deserialize;
use std::{fmt, fs, path::PathBuf, time::Duration};

/// Settings of the mail server. Example: `{"host": "mail.example", "port": 587, "tls": "starttls",
/// "username": "motcua", "password": "…", "from": "Một cửa <motcua@tinh.example>"}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Name of the server.
    pub host: String,
    /// Its port: 587 for STARTTLS, 465 for TLS, 25 for neither.
    pub port: u16,
    /// How the connection is protected.
    #[serde(default)]
    pub tls: Protection,
    /// A further root certificate in PEM, for servers of a private authority.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Account, where the server asks for one.
    #[serde(default)]
    pub username: Option<String>,
    /// Its password.
    #[serde(default)]
    pub password: Option<SecretString>,
    /// Sender of every letter.
    pub from: String,
    /// Where letters that cannot be delivered come back to, with `{key}` for the letter's own number (VERP), such as
    /// `bounce+{key}@tinh.example`; the sender without it.
    #[serde(default)]
    pub return_path: Option<String>,
    /// Longest wait for a whole letter, in milliseconds.
    #[serde(default = "fifteen_seconds")]
    pub answer_ms: u64,
    /// Most connections at a time.
    #[serde(default = "four")]
    pub connections: u32,
}

/// How a connection is protected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// STARTTLS, and nothing is sent without it.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None: for a relay on the same machine.
    None,
}

fn fifteen_seconds() -> u64 {
    15_000
}

fn four() -> u32 {
    4
}

/// The adapter.
pub struct Smtp {
    from: Mailbox,
    return_path: Option<String>,
    lines: Lines,
    patience: Duration,
    wire: Wire,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Smtp {
    /// An adapter with these settings; connects at the first letter. Fails when a setting cannot be used.
    pub fn new(settings: &Settings, wire: Wire) -> Result<Self, Failure> {
        let from = settings.from.parse().map_err(|_| Failure::fail("the sender's address cannot be read"))?;
        let patience = Duration::from_millis(settings.answer_ms);
        let return_path = settings.return_path.clone();
        Ok(Self { from, return_path, lines: Lines::new(settings)?, patience, wire })
    }
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, trip: &Trip, letter: &Letter) -> Result<(), Failure> {
        let back = self.return_path.as_deref();
        let message = message::build(trip, (&self.from, back), letter)?;
        self.over_the_line(trip, "send", self.lines.carry(&message)).await
    }

    async fn greet(&self, trip: &Trip) -> Result<(), Failure> {
        self.over_the_line(trip, "greet", self.lines.greet()).await
    }
}

impl Smtp {
    // A letter that is refused was answered; only a server that cannot be worked with is a failed call.
    async fn over_the_line(
        &self,
        trip: &Trip,
        what: &str,
        carrying: impl Future<Output = Result<(), Error>> + Send,
    ) -> Result<(), Failure> {
        let call = self.wire.line.admit(trip, what)?;
        let carried = match tokio::time::timeout(self.patience, carrying).await {
            Ok(Err(error)) if keeps_us_out(&error) => {
                return Err(
                    call.kept_out(trip, format!("the mail server refuses our login ({})", code(&error)))
                );
            }
            Ok(carried) => carried.map_err(|error| sorted(&error)),
            Err(_elapsed) => Err(Failure::retry("the mail server did not answer in time")),
        };
        call.ended(match &carried {
            Ok(()) => Ended::Answered,
            Err(failure) if failure.is_retry() => Ended::Failed(failure.reason()),
            Err(_) => Ended::Refused,
        });
        carried
    }
}

fn tls_parameters(settings: &Settings) -> Result<Option<TlsParameters>, Failure> {
    if settings.tls == Protection::None {
        return Ok(None);
    }
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(file) = &settings.ca_file {
        let pem =
            fs::read(file).map_err(|_| Failure::fail("the mail server's certificate file cannot be read"))?;
        let certificate = Certificate::from_pem(&pem);
        let certificate =
            certificate.map_err(|_| Failure::fail("the mail server's certificate file is not PEM"))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build().map(Some).map_err(|_| Failure::fail("TLS to the mail server cannot be set up"))
}

// 530, 534, 535 and 538 (RFC 4954) are about our account, and no letter is at fault.
fn keeps_us_out(error: &Error) -> bool {
    code(error).starts_with("53")
}

fn code(error: &Error) -> String {
    error.status().map(|code| code.to_string()).unwrap_or_default()
}

// The server's own words are left out: they repeat the recipient's address.
fn sorted(error: &Error) -> Failure {
    let code = code(error);
    match () {
        () if error.is_permanent() => Failure::fail(format!("the mail server refuses this letter ({code})")),
        () if error.is_transient() => Failure::retry(format!("the mail server asks to try later ({code})")),
        () if error.is_timeout() => Failure::retry("the mail server did not answer in time"),
        () if error.is_tls() => Failure::retry("no protected connection to the mail server could be made"),
        () if error.is_response() => Failure::retry("the mail server answered something that cannot be read"),
        () if error.is_client() => {
            Failure::fail("the mail server offers no way to log in or to send this letter")
        }
        () => Failure::retry("the mail server cannot be reached"),
    }
}
