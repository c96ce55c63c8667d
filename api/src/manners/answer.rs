//! The answer of an effect, kept so that a repeated request hears the same.

use crate::manners::etag::tag;
use crate::problems::Problem;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderName, LOCATION};
use entities::replays::Replay;
use entities::writing::Batch;
use rules::jobs::Queue;
use sea_orm::sea_query::InsertStatement;
use serde::Serialize;
use std::collections::BTreeMap;

/// Status, headers and body of an effect, and the rows still to be written with it.
#[derive(Debug)]
pub struct Answer {
    pub(super) status: u16,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: String,
    pub(super) rows: Batch,
    pub(super) rings: Option<Vec<Queue>>,
    pub(super) acted: bool,
}

impl Answer {
    /// 200 with `body`.
    pub fn ok(body: &impl Serialize) -> Result<Self, Problem> {
        Self::of(StatusCode::OK, body)
    }

    /// 201 with `body`, to be found at `location`.
    pub fn created(location: impl Into<String>, body: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self::of(StatusCode::CREATED, body)?.with(&LOCATION, location.into()))
    }

    /// 202 with `body`: begun, not yet done.
    pub fn accepted(body: &impl Serialize) -> Result<Self, Problem> {
        Self::of(StatusCode::ACCEPTED, body)
    }

    /// 204.
    pub fn nothing() -> Self {
        Self {
            status: 204,
            headers: BTreeMap::new(),
            body: String::new(),
            rows: Batch::default(),
            rings: None,
            acted: false,
        }
    }

    /// Adds the ETag of a row version.
    #[must_use]
    pub fn versioned(self, version: i32) -> Self {
        self.with(&ETAG, tag(version))
    }

    /// Adds a header.
    #[must_use]
    pub fn with(mut self, name: &HeaderName, value: String) -> Self {
        self.headers.insert(name.as_str().to_owned(), value);
        self
    }

    /// Hands over rows to be written in one statement with the kept answer.
    #[must_use]
    pub fn writing(mut self, rows: Batch) -> Self {
        self.rows = rows;
        self
    }

    /// Adds one insert to those rows.
    #[must_use]
    pub fn inserting(mut self, row: InsertStatement) -> Self {
        self.rows.add(row);
        self
    }

    /// Says that the one door wrote its own entry of the chronicle.
    #[must_use]
    pub fn through_the_door(mut self) -> Self {
        self.acted = true;
        self
    }

    /// Names the queues that have new jobs; when nobody says, all are woken after the commit.
    #[must_use]
    pub fn ringing(mut self, queues: impl IntoIterator<Item = Queue>) -> Self {
        self.rings = Some(queues.into_iter().collect());
        self
    }

    /// The HTTP response.
    pub fn respond(self) -> HttpResponse {
        respond(self.status, &self.headers, self.body, false)
    }

    fn of(status: StatusCode, body: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_string(body).map_err(|e| entities::Error::damaged("answer", e))?;
        Ok(Self {
            status: status.as_u16(),
            headers: BTreeMap::new(),
            body,
            rows: Batch::default(),
            rings: None,
            acted: false,
        })
    }
}

/// A kept answer, said again.
pub(super) fn replayed(kept: Replay) -> HttpResponse {
    respond(kept.status, &kept.headers, kept.body, true)
}

fn respond(status: u16, headers: &BTreeMap<String, String>, body: String, again: bool) -> HttpResponse {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    for (name, value) in headers {
        response.insert_header((name.as_str(), value.as_str()));
    }
    if again {
        response.insert_header(("idempotency-replayed", "true"));
    }
    if body.is_empty() {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, "application/json")).body(body)
}
