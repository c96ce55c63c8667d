//! The private servers that `make test` starts; each is absent when a developer runs `cargo test` alone.

use std::path::PathBuf;

/// Whether this run is on PostgreSQL (`MOTCUA_TEST_DATABASE=postgres`); SQLite otherwise.
pub fn on_postgres() -> bool {
    match environment("MOTCUA_TEST_DATABASE").as_deref() {
        None | Some("sqlite") => false,
        Some("postgres") => true,
        Some(other) => panic!("MOTCUA_TEST_DATABASE is {other}, not sqlite or postgres"),
    }
}

/// A database that may create others, as a superuser of a private server would give it.
pub fn postgres_url() -> String {
    environment("MOTCUA_TEST_POSTGRES_URL")
        .expect("MOTCUA_TEST_POSTGRES_URL, as scripts/servers.sh writes it")
}

/// `redis://host:port/0`.
pub fn redis_url() -> Option<String> {
    environment("MOTCUA_TEST_REDIS_URL")
}

/// A mail server that offers STARTTLS and keeps what it gets.
pub struct MailServer {
    /// `host:port`.
    pub address: String,
    /// The certificate to trust, PEM.
    pub certificate: PathBuf,
    /// The maildir with the messages received; new ones are under `new/`.
    pub maildir: PathBuf,
}

/// The mail server at hand.
pub fn mail_server() -> Option<MailServer> {
    Some(MailServer {
        address: environment("MOTCUA_TEST_SMTP")?,
        certificate: environment("MOTCUA_TEST_SMTP_CERTIFICATE")?.into(),
        maildir: environment("MOTCUA_TEST_MAILDIR")?.into(),
    })
}

/// A variable of the environment, absent when unset or empty.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests have no settings file; make test speaks by variables"
)]
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
