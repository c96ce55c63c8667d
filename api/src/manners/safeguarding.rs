//! What every answer tells browsers: nothing runs in it, nothing frames it, nobody keeps it.

use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue};

/// On every answer; what an operation says itself stays.
const ALWAYS: [(&str, &str); 8] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cache-control", "no-store"),
];

/// For a year, once the office is reached over TLS (RFC 6797).
const SECURE: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The page to try the API runs scripts of its own.
const DOCS: &str = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; \
                    img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Says it on the answer to a request for `path`; `secure` when the office is reached over TLS.
pub(super) fn dress(headers: &mut HeaderMap, path: &str, secure: bool) {
    for (name, value) in ALWAYS {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if secure {
        headers.insert(HeaderName::from_static("strict-transport-security"), SECURE);
    }
    if path.starts_with("/docs") {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOCS));
    }
}
