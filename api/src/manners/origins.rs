//! Pages of other origins: none may call from a browser unless the settings name them (CORS).

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap,
    HeaderValue, ORIGIN, VARY,
};

/// Request headers a page may send.
const SENT: &str = "authorization, content-type, idempotency-key, if-match, if-none-match, accept-language, \
                    traceparent, upload-offset, range";

/// Response headers a page may read.
const READ: &str = "etag, location, link, retry-after, ratelimit, ratelimit-policy, traceparent, idempotency-replayed, \
                    upload-offset, content-range, content-disposition";

/// The origin of the calling page, when `allowed` names it exactly.
pub(super) fn allowed_origin(req: &ServiceRequest, allowed: &[String]) -> Option<HeaderValue> {
    let origin = req.headers().get(ORIGIN)?;
    allowed.iter().any(|a| a.as_bytes() == origin.as_bytes()).then(|| origin.clone())
}

/// A browser asks before it sends (Fetch standard, CORS-preflight request).
pub(super) fn is_preflight(req: &ServiceRequest) -> bool {
    req.method() == Method::OPTIONS && req.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to a preflight of an allowed origin.
pub(super) fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, PATCH, DELETE"))
        .insert_header((ACCESS_CONTROL_ALLOW_HEADERS, SENT))
        .insert_header((ACCESS_CONTROL_MAX_AGE, "600"))
        .finish()
}

/// Lets the page of `origin` read the answer.
pub(super) fn admit(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READ));
    headers.append(VARY, HeaderValue::from_static("origin"));
}
