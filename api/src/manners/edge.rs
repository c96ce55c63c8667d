//! The outermost layer: trace, rate limits, language of problems, safety headers, access log and metrics of every request.

use crate::manners::buckets::Standing;
use crate::manners::connections::{Answering, Busy};
use crate::manners::intake::{Pace, head_checked};
use crate::manners::language::Language;
use crate::manners::limits;
use crate::manners::origins::Pages;
use crate::manners::remembering::remembered;
use crate::manners::safeguarding;
use crate::manners::trace::Trace;
use crate::office::Office;
use crate::operations::description::Description;
use crate::problems::{Code, Problem};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, web};
use entities::chronicle::looks::gathering;
use futures::FutureExt;
use rules::lang::Lang;
use std::panic::AssertUnwindSafe;
use std::time::Instant;
use tracing::Instrument;

/// What was known of a request before it was handled.
struct Seen {
    trace: Trace,
    lang: Lang,
    method: String,
    path: String,
    started: Instant,
    pages: Pages,
    secure: bool,
    standings: Vec<Standing>,
}

/// Wraps every request.
pub(crate) async fn edge(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let settings = req.app_data::<web::Data<Office>>().map(|office| &office.settings);
    let mut seen = Seen {
        trace: Trace::of(req.headers()),
        lang: Language::of(req.headers()).0,
        method: req.method().to_string(),
        path: req.path().to_owned(),
        started: Instant::now(),
        pages: Pages::asking(&req, settings.map_or(&[], |set| &set.cors_origins)),
        secure: settings.is_some_and(|set| set.public_url.starts_with("https://")),
        standings: Vec::new(),
    };
    if let Some(answer) = seen.pages.before_asking(&req) {
        return Ok(seen.finish(req.into_response(answer)));
    }
    let busy = Busy::with(req.request());
    seen.standings = limits::count(&req).await;
    let taken = limits::refusal(&seen.standings).map_or(Ok(()), Err);
    let pace = match taken.and_then(|()| taken_in(&mut req)) {
        Ok(pace) => pace,
        Err(problem) => return Ok(seen.finish(req.error_response(problem))),
    };
    req.extensions_mut().insert(seen.trace.clone());
    let span = tracing::info_span!("request", trace_id = seen.trace.id());
    let handled = AssertUnwindSafe(next.call(req)).catch_unwind();
    let (handled, gathered) = gathering(handled).instrument(span).await;
    match handled {
        Ok(Ok(response)) => {
            let response = remembered(response.map_into_boxed_body(), gathered, &seen.trace).await;
            let response = match pace.kept() {
                Ok(()) => response,
                Err(problem) => response.error_response(problem),
            };
            Ok(seen.finish(response).map_body(|_, body| Answering::until_sent(body, busy)))
        }
        Ok(Err(error)) => Err(seen.broken(pace.kept().err().unwrap_or_else(|| problem_of(&error)))),
        Err(_) => {
            tracing::error!(trace_id = seen.trace.id(), "a handler panicked");
            Err(seen.broken(Code::Internal.into()))
        }
    }
}

/// What the request brings is not too much; watches over how it comes.
fn taken_in(req: &mut ServiceRequest) -> Result<Pace, Problem> {
    let Some(office) = req.app_data::<web::Data<Office>>().cloned() else { return Ok(Pace::default()) };
    head_checked(req, &office.settings.intake)?;
    Ok(Pace::over(req, &office.settings.intake))
}

impl Seen {
    fn finish(&self, response: ServiceResponse) -> ServiceResponse {
        let failed = response.response().error().map(problem_of).or_else(|| unexplained(&response));
        let mut response = match failed {
            Some(problem) => response.into_response(problem.render(self.lang, &self.path, &self.trace)),
            None => response,
        };
        let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".into());
        self.tell(&route, response.status());
        self.dress(response.response_mut().headers_mut());
        response
    }

    /// A failure after which the framework keeps no request to answer to.
    fn broken(&self, problem: Problem) -> Error {
        let mut response: HttpResponse = problem.render(self.lang, &self.path, &self.trace);
        self.tell("unmatched", response.status());
        self.dress(response.headers_mut());
        InternalError::from_response("failed", response).into()
    }

    fn dress(&self, headers: &mut HeaderMap) {
        if let Ok(value) = HeaderValue::from_str(&self.trace.traceparent()) {
            headers.insert(HeaderName::from_static("traceparent"), value);
        }
        safeguarding::dress(headers, &self.path, self.secure);
        limits::tell(&self.standings, headers);
        self.pages.tell(headers);
    }

    /// One line without personal data: the route's pattern, never the path or the query.
    fn tell(&self, route: &str, status: StatusCode) {
        let elapsed = self.started.elapsed();
        let (method, status, ms) = (self.method.as_str(), status.as_u16(), elapsed.as_millis());
        if [401, 403, 429].contains(&status) || status >= 500 {
            tracing::warn!(target: "soc", event = "refused", method, route, status, trace_id = self.trace.id());
        }
        tracing::info!(target: "access", method, route, status, ms, trace_id = self.trace.id());
        let labels = [("method", self.method.clone()), ("route", route.to_owned())];
        metrics::counter!("http_requests_total", "method" => self.method.clone(), "route" => route.to_owned(),
            "status" => status.to_string())
        .increment(1);
        metrics::histogram!("http_request_seconds", &labels).record(elapsed.as_secs_f64());
    }
}

/// Any error of the framework as a problem.
fn problem_of(error: &Error) -> Problem {
    match error.as_error::<Problem>() {
        Some(problem) => problem.clone(),
        None => of_status(error.as_response_error().status_code()),
    }
}

/// A failing response that carries neither an error nor a body of ours.
fn unexplained(response: &ServiceResponse) -> Option<Problem> {
    let status = response.status();
    let failing = status.is_client_error() || status.is_server_error();
    let empty = response.headers().get("content-type").is_none();
    (failing && empty && status != StatusCode::NOT_MODIFIED).then(|| of_status(status))
}

fn of_status(status: StatusCode) -> Problem {
    Problem::new(match status.as_u16() {
        400 => Code::HeaderInvalid,
        403 => Code::Forbidden,
        404 => Code::RouteUnknown,
        405 => Code::MethodNotAllowed,
        413 => Code::BodyTooLarge,
        415 => Code::MediaTypeUnsupported,
        416 => Code::RangeNotSatisfiable,
        _ => Code::Internal,
    })
}

/// Answers addresses that no route has: 405 when another method would do, else 404.
pub(crate) async fn nowhere(
    req: HttpRequest,
    known: web::Data<Description>,
) -> Result<HttpResponse, Problem> {
    let methods = known.methods_at(req.path());
    if methods.is_empty() { Err(Code::RouteUnknown.into()) } else { Err(Problem::not_allowed(&methods)) }
}
