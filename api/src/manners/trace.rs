//! `traceparent` (W3C Trace Context) in and out, so that one id follows a request into its jobs.

use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use std::convert::Infallible;
use std::future::{Ready, ready};

/// The trace this request belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    trace: u128,
    span: u64,
    sampled: bool,
}

impl Trace {
    /// No trace: for documents rendered outside a request.
    pub fn none() -> Self {
        Self { trace: 0, span: 0, sampled: false }
    }

    /// The caller's trace with a span of our own, or a new trace.
    pub fn of(headers: &HeaderMap) -> Self {
        let told = headers.get("traceparent").and_then(|v| v.to_str().ok()).and_then(parse);
        let (trace, sampled) = told.unwrap_or_else(|| (rand::random::<u128>().max(1), true));
        Self { trace, span: rand::random::<u64>().max(1), sampled }
    }

    /// Trace id, 32 hex digits.
    pub fn id(&self) -> String {
        format!("{:032x}", self.trace)
    }

    /// The header to send on, and to keep on job rows.
    pub fn traceparent(&self) -> String {
        format!("00-{:032x}-{:016x}-{:02x}", self.trace, self.span, u8::from(self.sampled))
    }
}

impl FromRequest for Trace {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(req.extensions().get::<Self>().cloned().unwrap_or_else(Self::none)))
    }
}

/// Strict: version 00, lower-case hex, no zero ids (trace-context §3.2).
fn parse(header: &str) -> Option<(u128, bool)> {
    let mut parts = header.split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let shaped = version == "00" && lower_hex(trace, 32) && lower_hex(span, 16) && lower_hex(flags, 2);
    if !shaped || parts.next().is_some() {
        return None;
    }
    let trace = u128::from_str_radix(trace, 16).ok().filter(|id| *id != 0)?;
    u64::from_str_radix(span, 16).ok().filter(|id| *id != 0)?;
    let flags = u8::from_str_radix(flags, 16).ok()?;
    Some((trace, flags & 1 == 1))
}

fn lower_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn only_a_strict_traceparent_is_followed() {
        let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(parse(good), Some((0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736, true)));
        for bad in [
            "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
            "hello",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
