//! Connections to the mail server, kept open between letters.
//!
//! lettre's own pool puts a connection back even when a conversation was cut short by a time limit, and has no time
//! limit of its own after connecting; here a connection is kept only after a conversation that came to its end.

use super::{Protection, Settings, tls_parameters};
use crate::failure::Failure;
use lettre::{
    Message,
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        extension::ClientId,
    },
};
use secrecy::ExposeSecret;
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::Semaphore;

/// At most so many connections, idle or in use.
pub(super) struct Lines {
    server: (String, u16),
    hello: ClientId,
    tls: Option<TlsParameters>,
    protection: Protection,
    credentials: Option<Credentials>,
    connect_limit: Duration,
    permits: Semaphore,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
}

impl Lines {
    pub(super) fn new(settings: &Settings) -> Result<Self, Failure> {
        let credentials = settings.username.as_ref().zip(settings.password.as_ref());
        Ok(Self {
            server: (settings.host.clone(), settings.port),
            hello: ClientId::default(),
            tls: tls_parameters(settings)?,
            protection: settings.tls,
            credentials: credentials
                .map(|(name, password)| Credentials::new(name.clone(), password.expose_secret().to_owned())),
            connect_limit: Duration::from_millis(settings.answer_ms),
            permits: Semaphore::new(usize::try_from(settings.connections.max(1)).unwrap_or(1)),
            idle: Mutex::default(),
        })
    }

    /// One letter over one line. Dropping this future half-way closes the line.
    pub(super) async fn carry(&self, message: &Message) -> Result<(), Error> {
        // The semaphore is never closed; without a permit there would only be one line more.
        let _permit = self.permits.acquire().await.ok();
        let mut line = match self.awake().await {
            Some(line) => line,
            None => self.connect().await?,
        };
        line.send(message.envelope(), &message.formatted()).await?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        Ok(())
    }

    /// One line is opened, or an open one asked (NOOP).
    pub(super) async fn greet(&self) -> Result<(), Error> {
        let _permit = self.permits.acquire().await.ok();
        let line = match self.awake().await {
            Some(line) => line,
            None => self.connect().await?,
        };
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        Ok(())
    }

    async fn awake(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let mut line = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
            if line.test_connected().await {
                return Some(line);
            }
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let (host, port) = (self.server.0.as_str(), self.server.1);
        let at_once = self.tls.clone().filter(|_| self.protection == Protection::Tls);
        let limit = Some(self.connect_limit);
        let mut line =
            AsyncSmtpConnection::connect_tokio1((host, port), limit, &self.hello, at_once, None).await?;
        if let Some(tls) = self.tls.clone().filter(|_| self.protection == Protection::Starttls) {
            line.starttls(tls, &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            line.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(line)
    }
}
