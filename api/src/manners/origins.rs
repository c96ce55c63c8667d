//! Pages of other origins: none may call from a browser unless the settings name them (CORS).

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap,
    HeaderValue, ORIGIN, VARY,
};
use url::{Origin, Url};

/// Request headers a page may send.
const SENT: &str = "authorization, dpop, content-type, idempotency-key, if-match, if-none-match, accept-language, \
                    prefer, traceparent, upload-offset, range";

/// Response headers a page may read.
const READ: &str = "etag, location, link, retry-after, ratelimit, ratelimit-policy, traceparent, idempotency-replayed, \
                    upload-offset, content-range, content-disposition, www-authenticate";

/// What the settings say to the page that asks.
#[derive(Debug)]
pub(super) struct Pages {
    /// Some origin may ask, so the answer depends on which one does.
    any: bool,
    admitted: Option<HeaderValue>,
}

impl Pages {
    /// Of this request, where these origins are named.
    pub(super) fn asking(req: &ServiceRequest, allowed: &[String]) -> Self {
        let mut told = req.headers().get_all(ORIGIN);
        let one = told.next().filter(|_| told.next().is_none());
        let known = |origin: &&HeaderValue| allowed.iter().any(|a| a.as_bytes() == origin.as_bytes());
        Self { any: !allowed.is_empty(), admitted: one.filter(known).cloned() }
    }

    /// The answer to a browser that asks for an admitted page before it sends (Fetch standard, CORS-preflight request).
    pub(super) fn before_asking(&self, req: &ServiceRequest) -> Option<HttpResponse> {
        let asks =
            req.method() == Method::OPTIONS && req.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
        let answer = || {
            HttpResponse::NoContent()
                .insert_header((ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, PATCH, DELETE"))
                .insert_header((ACCESS_CONTROL_ALLOW_HEADERS, SENT))
                .insert_header((ACCESS_CONTROL_MAX_AGE, "600"))
                .finish()
        };
        (asks && self.admitted.is_some()).then(answer)
    }

    /// Lets an admitted page read the answer; no page ever sends along what a browser keeps of this office.
    pub(super) fn tell(&self, headers: &mut HeaderMap) {
        if let Some(origin) = &self.admitted {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READ));
        }
        if self.any {
            headers.append(VARY, HeaderValue::from_static("origin"));
        }
    }
}

/// The first of these that is no origin as browsers write it: scheme, host and a port that is not the usual one.
pub(crate) fn strange(origins: &[String]) -> Option<&String> {
    let plain = |text: &String| match Url::parse(text).map(|url| url.origin()) {
        Ok(origin @ Origin::Tuple(..)) => origin.ascii_serialization() == *text && !text.contains('*'),
        _ => false,
    };
    origins.iter().find(|origin| !plain(origin))
}
