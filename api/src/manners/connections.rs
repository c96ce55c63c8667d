//! The lines over which clients ask: one that has been quiet for too long is cut off.
//!
//! The server itself watches over the first head of a line only; one that begins a second one and never ends it would
//! be kept for ever.

use actix_web::HttpRequest;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::Extensions;
use bytes::Bytes;
use std::any::Any;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// All lines of this process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Connections(Arc<Mutex<Vec<Weak<Connection>>>>);

/// One line.
#[derive(Debug)]
struct Connection {
    socket: TcpStream,
    /// None while a request is under way.
    quiet_since: Mutex<Option<Instant>>,
}

impl Connections {
    /// Notes a line that was just opened.
    pub(crate) fn opened(&self, line: &dyn Any, kept: &mut Extensions) {
        let Some(line) = line.downcast_ref::<tokio::net::TcpStream>() else { return };
        // A second handle of the same line, as the server keeps the first.
        let Ok(handle) = line.as_fd().try_clone_to_owned() else { return };
        let connection =
            Arc::new(Connection { socket: handle.into(), quiet_since: Mutex::new(Some(Instant::now())) });
        self.held().push(Arc::downgrade(&connection));
        kept.insert(connection);
    }

    /// Cuts off, for ever, lines on which no request was under way for `patience`.
    pub(crate) async fn watch(self, patience: Duration) {
        let mut beat =
            tokio::time::interval((patience / 4).clamp(Duration::from_millis(50), Duration::from_secs(1)));
        loop {
            beat.tick().await;
            self.held().retain(|known| known.upgrade().is_some_and(|line| !line.cut_after(patience)));
        }
    }

    fn held(&self) -> MutexGuard<'_, Vec<Weak<Connection>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    /// True when it was quiet for so long that it is cut off now.
    fn cut_after(&self, patience: Duration) -> bool {
        let quiet = self.quiet().is_some_and(|since| since.elapsed() > patience);
        if quiet {
            // One that is gone already is what was wanted.
            let _ = self.socket.shutdown(Shutdown::Both);
        }
        quiet
    }

    fn quiet(&self) -> MutexGuard<'_, Option<Instant>> {
        self.quiet_since.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request under way; the line is quiet again when it is dropped.
pub(super) struct Busy(Option<Arc<Connection>>);

impl Busy {
    /// With this request.
    pub(super) fn with(req: &HttpRequest) -> Self {
        let line = req.conn_data::<Arc<Connection>>().cloned();
        if let Some(line) = &line {
            *line.quiet() = None;
        }
        Self(line)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        if let Some(line) = &self.0 {
            *line.quiet() = Some(Instant::now());
        }
    }
}

/// An answer's body, with which the request ends.
pub(super) struct Answering {
    body: BoxBody,
    busy: Busy,
}

impl Answering {
    /// The body of a request that is under way until it is sent.
    pub(super) fn until_sent(body: BoxBody, busy: Busy) -> BoxBody {
        BoxBody::new(Self { body, busy })
    }
}

impl MessageBody for Answering {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(context)
    }

    fn try_into_bytes(self) -> Result<Bytes, Self> {
        let Self { body, busy } = self;
        body.try_into_bytes().map_err(|body| Self { body, busy })
    }
}
