//! What a request looked at is in the chronicle before its answer leaves; an answer that could not be kept is not given.

use crate::identity::Asker;
use crate::manners::trace::Trace;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpMessage, web};
use entities::chronicle::Entry;
use entities::chronicle::entry::{Kind, is_staff};
use entities::chronicle::looks::Gathered;
use entities::chronicle::noting::{Request, note_looks, note_one};

/// Writes down what a good answer shows or did, and gives the answer on; a problem when that fails.
pub(crate) async fn remembered(
    response: ServiceResponse<BoxBody>,
    gathered: Gathered,
    trace: &Trace,
) -> ServiceResponse<BoxBody> {
    let req = response.request();
    let asker = req.extensions().get::<Asker>().cloned();
    let office = req.app_data::<web::Data<Office>>().cloned();
    let (Some(asker), Some(office), true) = (asker, office, response.status().is_success()) else {
        return response;
    };
    match office.remember(&response, gathered, (&asker, trace)).await {
        Ok(entries) => {
            entries.iter().for_each(tell);
            response
        }
        Err(problem) => ServiceResponse::from_err(problem, response.into_parts().0),
    }
}

impl Office {
    async fn remember(
        &self,
        response: &ServiceResponse<BoxBody>,
        gathered: Gathered,
        (by, trace): (&Asker, &Trace),
    ) -> Result<Vec<Entry>, Problem> {
        let (what, trace) = (what(response), trace.traceparent());
        if gathered.written {
            tracing::info!(target: "soc", event = "written", what, staff = is_staff(by));
        }
        let request = Request { what: &what, trace: &trace, at: self.clock.now() };
        if !gathered.looks.is_empty() {
            return Ok(note_looks(&self.db, &self.sealer, by, gathered.looks, request).await?);
        }
        match unsaid(response, by, gathered.written) {
            Some(kind) => Ok(note_one(&self.db, &self.sealer, by, kind, request).await?),
            None => Ok(Vec::new()),
        }
    }
}

/// Method and address pattern, which hold no key and no number.
fn what(response: &ServiceResponse<BoxBody>) -> String {
    let pattern = response.request().match_pattern().unwrap_or_else(|| "unmatched".into());
    format!("{} {pattern}", response.request().method())
}

/// What nobody said of the request: an officer's look that was at no one person, or a write that kept no key.
fn unsaid(response: &ServiceResponse<BoxBody>, by: &Asker, written: bool) -> Option<Kind> {
    let req = response.request();
    let pattern = req.match_pattern().unwrap_or_default();
    let reads = req.method() == Method::GET || req.method() == Method::HEAD;
    // What is only tried leaves nothing, as if it had not been asked.
    if !is_staff(by) || written || says(response, "preference-applied") || (reads && is_impersonal(&pattern))
    {
        return None;
    }
    if says(response, "idempotency-replayed") {
        return Some(Kind::Read);
    }
    Some(match (reads, is_a_file(response)) {
        (true, false) => Kind::Listed,
        (true, true) => Kind::Exported,
        (false, _) => Kind::of_write(by),
    })
}

fn says(response: &ServiceResponse<BoxBody>, header: &str) -> bool {
    response.headers().contains_key(header)
}

/// Neither JSON nor a stream of news.
fn is_a_file(response: &ServiceResponse<BoxBody>) -> bool {
    let media_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let shown = ["application/json", "text/event-stream"];
    media_type.is_some_and(|media_type| !shown.iter().any(|start| media_type.starts_with(start)))
}

fn is_impersonal(pattern: &str) -> bool {
    IMPERSONAL_ALONE.contains(&pattern) || IMPERSONAL.iter().any(|start| pattern.starts_with(start))
}

/// Nothing about persons is read at these addresses, though it is below some of them.
const IMPERSONAL_ALONE: [&str; 6] = [
    "/v1/digitisations/{id}",
    "/v1/digitisations/{id}/progress",
    "/v1/documents/{id}/progress",
    "/v1/units",
    "/v1/units/{id}",
    "/v1/units/{id}/codes",
];

/// Nothing about persons is read below these addresses, or only about the person who asks.
const IMPERSONAL: [&str; 21] = [
    "/demo",
    "/openapi.json",
    "/problems",
    "/v1/admin/connectors",
    "/v1/admin/jobs",
    "/v1/admin/notices",
    "/v1/calendars",
    "/v1/carriers",
    "/v1/chronicle",
    "/v1/catalogue-pulls",
    "/v1/downtimes",
    "/v1/forecast",
    "/v1/me",
    "/v1/national-lists",
    "/v1/places",
    "/v1/procedures",
    "/v1/reports",
    "/v1/revision-drafts",
    "/v1/templates",
    "/v1/uploads",
    "/v1/verifications",
];

/// One line for those who watch over the house, without anything about persons (docs/chronicle.md).
fn tell(entry: &Entry) {
    let unit = entry.unit_id.map(|unit| unit.to_string());
    tracing::info!(target: "soc", event = "chronicle", kind = entry.kind, what = entry.what, role = entry.role,
        unit, entry = %entry.id);
}
