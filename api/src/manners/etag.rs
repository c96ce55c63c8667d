//! Strong ETags are row versions: `If-Match` guards acts, `If-None-Match` saves sending what is known.

use crate::problems::{Code, Problem};
use actix_web::dev::Payload;
use actix_web::http::header::{ETAG, HeaderName, IF_MATCH, IF_NONE_MATCH};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use serde::Serialize;
use std::convert::Infallible;
use std::future::{Ready, ready};

/// `If-Match` of a request that must not overwrite what the caller has not seen.
///
/// Missing: 428 `precondition_required`. Not a version of ours: 412 `stale`.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(Option<i32>);

impl IfMatch {
    /// 412 `stale` unless the caller has seen `version`; `*` matches any.
    pub fn check(self, version: i32) -> Result<(), Problem> {
        match self.0 {
            Some(seen) if seen != version => Err(Code::Stale.into()),
            _ => Ok(()),
        }
    }

    /// The version the caller has seen; none for `*`.
    pub fn version(self) -> Option<i32> {
        self.0
    }
}

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match said(req, &IF_MATCH) {
            None => Err(Code::PreconditionRequired.into()),
            Some("*") => Ok(Self(None)),
            Some(tag) => version_of(tag).map(|v| Self(Some(v))).ok_or_else(|| Code::Stale.into()),
        })
    }
}

/// `If-None-Match` of a read.
#[derive(Debug, Clone)]
pub struct IfNoneMatch(Vec<String>);

impl IfNoneMatch {
    /// The caller has `version` already, so that nothing need be read for the answer.
    pub fn knows(&self, version: i32) -> bool {
        self.knows_tag(&tag(version))
    }

    /// The caller has the thing of this tag already.
    pub fn knows_tag(&self, etag: &str) -> bool {
        self.0.iter().any(|seen| seen == "*" || seen.trim_start_matches("W/") == etag)
    }

    /// 304 when the caller knows `version`, else 200 with `body`, both with the ETag.
    pub fn answer(&self, version: i32, body: &impl Serialize) -> HttpResponse {
        self.answer_tagged(&tag(version), body)
    }

    /// As [`IfNoneMatch::answer`] for things whose tag is not a single version.
    pub fn answer_tagged(&self, etag: &str, body: &impl Serialize) -> HttpResponse {
        let known = self.knows_tag(etag);
        let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        // One row reads differently in two languages and for two readers.
        response.insert_header(("vary", "accept-language, authorization"));
        response.insert_header((ETAG, etag)).insert_header(("cache-control", "private, no-store"));
        if known { response.finish() } else { response.json(body) }
    }
}

impl FromRequest for IfNoneMatch {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let tags = said(req, &IF_NONE_MATCH).unwrap_or_default();
        ready(Ok(Self(tags.split(',').map(|t| t.trim().to_owned()).collect())))
    }
}

/// The strong ETag of a row version.
pub fn tag(version: i32) -> String {
    format!("\"{version}\"")
}

/// A compressing proxy marks the tag weak or adds `-gzip`; neither is ours, so both are refused.
fn version_of(tag: &str) -> Option<i32> {
    tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

fn said<'r>(req: &'r HttpRequest, name: &HeaderName) -> Option<&'r str> {
    req.headers().get(name)?.to_str().ok().map(str::trim)
}
