//! Pages to read and print: who wants one, and how one is answered so that nothing in it can run.

use actix_web::HttpResponse;
use actix_web::http::header::{ACCEPT, HeaderMap};

/// The reader names `text/html`, and not JSON before it: a browser does, a program does not.
pub(crate) fn wants_page(headers: &HeaderMap) -> bool {
    let asked = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kinds = asked.split(',').filter_map(|range| range.split(';').next()).map(str::trim);
    kinds.into_iter().find(|kind| ["text/html", "application/json"].contains(kind)) == Some("text/html")
}

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'";

/// A page without scripts, and without leave to run any.
pub(crate) fn page(html: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("content-security-policy", POLICY))
        .body(html)
}

/// Text that cannot be taken for markup, nor for a place of the page that is still open.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('{', "&#123;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    #[test]
    fn a_browser_gets_a_page_and_a_program_does_not() {
        for (accept, page) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true),
            ("application/json, text/html", false),
            ("application/json", false),
            ("*/*", false),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]);

            assert_eq!(wants_page(&headers), page, "{accept}");
        }
        assert!(!wants_page(&HeaderMap::new()));
    }
}
