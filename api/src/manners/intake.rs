//! What a request may bring: the size of its head, and the pace at which its body must come.

use crate::problems::{Code, Problem};
use crate::settings::Intake;
use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use bytes::Bytes;
use futures::Stream;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};

/// 431 `head_too_large` for more fields, or more bytes in them and the address, than are taken.
pub(super) fn head_checked(req: &ServiceRequest, intake: &Intake) -> Result<(), Problem> {
    let fields = req.headers().iter();
    let bytes: usize = fields.map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    let address = req.uri().path_and_query().map_or(0, |address| address.as_str().len());
    match req.headers().len() > intake.head_fields || bytes + address > intake.head_bytes {
        true => Err(Code::HeadTooLarge.into()),
        false => Ok(()),
    }
}

/// Whether the body of a request came too slowly.
#[derive(Debug, Clone, Default)]
pub(super) struct Pace(Arc<AtomicBool>);

impl Pace {
    /// Watches over the body of this request from now on.
    pub(super) fn over(req: &mut ServiceRequest, intake: &Intake) -> Self {
        let pace = Self::default();
        let payload = req.take_payload();
        if !matches!(payload, Payload::None) {
            let paced = Paced::new(payload, pace.clone(), intake);
            req.set_payload(Payload::Stream { payload: Box::pin(paced) });
        }
        pace
    }

    /// 408 `body_too_slow` once it was.
    pub(super) fn kept(&self) -> Result<(), Problem> {
        if self.0.load(Ordering::Relaxed) { Err(Code::BodyTooSlow.into()) } else { Ok(()) }
    }
}

/// A body for which we wait so long in all, and longer by what has come.
///
/// Only waiting for the client counts, not what the office does between two pieces. The patience never grows beyond
/// what it was at first, so that a fast beginning buys no long pause.
struct Paced {
    body: Payload,
    pace: Pace,
    patience: Duration,
    most: Duration,
    bytes_per_second: u32,
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Paced {
    fn new(body: Payload, pace: Pace, intake: &Intake) -> Self {
        let most = Duration::from_millis(intake.body_patience_ms);
        let bytes_per_second = intake.body_bytes_per_second.max(1);
        Self { body, pace, patience: most, most, bytes_per_second, waiting: None }
    }

    /// A piece has come: the time waited for it is gone, and its bytes bring some back.
    fn fed(&mut self, bytes: usize) {
        let waited = self.waiting.take().map_or(Duration::ZERO, |(since, _)| since.elapsed());
        let earned = Duration::from_secs_f64(f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)))
            / self.bytes_per_second;
        self.patience = (self.patience.saturating_sub(waited) + earned).min(self.most);
    }
}

impl Stream for Paced {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(piece) = Pin::new(&mut self.body).poll_next(context) {
            let bytes = piece.as_ref().and_then(|piece| piece.as_ref().ok()).map_or(0, Bytes::len);
            self.fed(bytes);
            return Poll::Ready(piece);
        }
        let patience = self.patience;
        let (_, end) = self.waiting.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(patience))));
        ready!(end.as_mut().poll(context));
        self.pace.0.store(true, Ordering::Relaxed);
        Poll::Ready(Some(Err(PayloadError::Incomplete(None))))
    }
}
