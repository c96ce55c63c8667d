//! clamd over TCP or a socket of the same machine.

use super::{Verdict, VirusScanner, talk};
use crate::{failure::Failure, line::Ended, trip::Trip, wire::Wire};
use async_trait::async_trait;
use serde::Deserialize;
use std::{path::PathBuf, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, UnixStream},
};

/// Settings of clamd. Example: `{"address": "unix:/run/clamav/clamd.ctl", "largest_mb": 25}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where it listens: `tcp://host:3310` or `unix:/run/clamav/clamd.ctl`.
    pub address: String,
    /// Largest file that it takes in mebibytes, its own `StreamMaxLength`; larger ones are not sent.
    #[serde(default = "twenty_five")]
    pub largest_mb: u32,
    /// Longest wait for a verdict, in milliseconds.
    #[serde(default = "sixty_seconds")]
    pub answer_ms: u64,
}

fn twenty_five() -> u32 {
    25
}

fn sixty_seconds() -> u64 {
    60_000
}

/// The adapter.
#[derive(Debug)]
pub struct Clamd {
    place: Place,
    largest: u64,
    patience: Duration,
    wire: Wire,
}

#[derive(Debug)]
enum Place {
    Tcp(String),
    Unix(PathBuf),
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

impl Place {
    async fn connect(&self) -> std::io::Result<Box<dyn Stream>> {
        Ok(match self {
            Self::Tcp(place) => Box::new(TcpStream::connect(place).await?),
            Self::Unix(place) => Box::new(UnixStream::connect(place).await?),
        })
    }
}

impl Clamd {
    /// An adapter with these settings; connects for each question. Fails when the address cannot be read.
    pub fn new(settings: &Settings, wire: Wire) -> Result<Self, Failure> {
        let address = settings.address.as_str();
        let tcp = address.strip_prefix("tcp://").map(|place| Place::Tcp(place.to_owned()));
        let unix = || address.strip_prefix("unix:").map(|place| Place::Unix(PathBuf::from(place)));
        let place = tcp.or_else(unix).ok_or_else(|| {
            Failure::fail("the address of the virus scanner is neither tcp://host:port nor unix:/path")
        })?;
        let patience = Duration::from_millis(settings.answer_ms);
        Ok(Self { place, largest: u64::from(settings.largest_mb) << 20, patience, wire })
    }

    async fn connect(&self) -> Result<Box<dyn Stream>, Failure> {
        self.place.connect().await.map_err(|_| Failure::undone(None, "the virus scanner cannot be reached"))
    }

    async fn ask(&self, question: Question<'_>) -> Result<String, Failure> {
        let mut stream = self.connect().await?;
        // One that has seen enough closes its ear and still answers.
        let _closed = match question {
            Question::Version => tokio::io::AsyncWriteExt::write_all(&mut stream, talk::VERSION).await,
            Question::Scan(bytes) => talk::send(&mut stream, bytes).await,
        };
        talk::heard(stream).await
    }

    async fn over_the_line<T>(
        &self,
        trip: &Trip,
        question: Question<'_>,
        meant: fn(&str) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let call = self.wire.line.admit(trip, question.name())?;
        let answered = match tokio::time::timeout(self.patience, self.ask(question)).await {
            Ok(answer) => answer.and_then(|answer| meant(&answer)),
            Err(_elapsed) => Err(Failure::retry("the virus scanner did not answer in time")),
        };
        call.ended(match &answered {
            Ok(_) => Ended::Answered,
            Err(failure) => Ended::Failed(failure.reason()),
        });
        answered
    }
}

#[derive(Clone, Copy)]
enum Question<'a> {
    Version,
    Scan(&'a [u8]),
}

impl Question<'_> {
    fn name(self) -> &'static str {
        match self {
            Self::Version => "VERSION",
            Self::Scan(_) => "INSTREAM",
        }
    }
}

#[async_trait]
impl VirusScanner for Clamd {
    async fn scan(&self, trip: &Trip, bytes: &[u8]) -> Result<Verdict, Failure> {
        if u64::try_from(bytes.len()).is_ok_and(|length| length > self.largest) {
            return Ok(Verdict::TooLarge);
        }
        self.over_the_line(trip, Question::Scan(bytes), talk::verdict).await
    }

    async fn version(&self, trip: &Trip) -> Result<String, Failure> {
        self.over_the_line(trip, Question::Version, talk::version).await
    }
}
