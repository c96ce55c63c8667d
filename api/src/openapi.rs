//! The OpenAPI 3.1 document, made from the table of routes, and the page to try it.

use crate::identity::scopes::{Decision, decision};
use crate::manners::buckets::Policy;
use crate::manners::limits::counts;
use crate::manners::rehearsal::Rehearsal;
use crate::operations::description::Description;
use crate::problems::promises::promised;
use crate::problems::{BlockDocument, Code, ProblemDocument, ViolationDocument};
use crate::routes;
use actix_web::{App, web};
use std::sync::OnceLock;
use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{Object, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, ContentBuilder, PathItem, Ref, RefOr, Response, ResponseBuilder};
use utoipa_actix_web::AppExt;
use utoipa_swagger_ui::{Config, SwaggerUi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "motcua",
        description = "One door to a province's administrative procedures: hand in, follow, process, pay, receive. \
            Times are RFC 3339 in UTC (`Z`); money is whole đồng; unknown members are refused. \
            Problems are RFC 9457 documents with a stable `code`, in Vietnamese or English by `Accept-Language`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/")),
    tags(
        (name = "catalogue", description = "Units and procedures, open to everybody."),
        (name = "calendars", description = "Versions of the working calendar: drafted, tried, adopted."),
        (name = "places", description = "Administrative units of the country, dated, with what continues them."),
        (name = "dossiers", description = "A dossier from the first page to the returned result."),
        (name = "consultations", description = "Questions to other units, with their own day and answer."),
        (name = "forms", description = "The paper forms of the one-stop desk, as files and as pages."),
        (name = "documents", description = "The e-document store: kept once for their owner, never asked for again."),
        (name = "results", description = "Issued results: read, checked by anybody, revoked, fetched by links."),
        (name = "drafts", description = "An application being written, seen by its writer alone."),
        (name = "notices", description = "What people are told, in which words, and what they wish about it."),
        (name = "queues", description = "What waits for the officers of a desk."),
        (name = "digitisations", description = "Papers on their way from the desk or the shelf to the store."),
        (name = "reports", description = "What is counted over many dossiers."),
        (name = "payments", description = "Paying the fee, online or at the desk."),
        (name = "shipments", description = "Public post: papers fetched from home, results carried there."),
        (name = "publishing", description = "From the national database to a revision in force here."),
        (name = "questions", description = "Questions that citizens put at the national portal."),
        (name = "portal", description = "For the national portal alone."),
        (name = "chronicle", description = "Who did and who saw what, chained and signed."),
        (name = "uploads", description = "Papers: send in one piece or in parts, read back."),
        (name = "admin", description = "For administrators of the office."),
        (name = "identity", description = "For issuers of sign-ins."),
        (name = "operations", description = "For those who run the office."),
        (name = "demo", description = "Only in the demo.")
    ),
    components(schemas(ProblemDocument, ViolationDocument, BlockDocument, Rehearsal))
)]
struct Base;

/// The whole document.
pub fn document() -> utoipa::openapi::OpenApi {
    let (_, mut document) =
        App::new().into_utoipa_app().openapi(Base::openapi()).configure(routes::table).split_for_parts();
    document.info.version = env!("CARGO_PKG_VERSION").into();
    let components = document.components.get_or_insert_default();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    let machine =
        HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").description(Some(MACHINE));
    components.add_security_scheme("machine", SecurityScheme::Http(machine.build()));
    for (path, item) in &mut document.paths.paths {
        let operations = [
            ("GET", &mut item.get),
            ("HEAD", &mut item.head),
            ("POST", &mut item.post),
            ("PUT", &mut item.put),
            ("PATCH", &mut item.patch),
            ("DELETE", &mut item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                complete(operation, method, path);
            }
        }
    }
    document
}

/// The document as JSON, made once.
pub fn printed() -> &'static str {
    described().json()
}

/// What the office describes itself with.
pub(crate) fn description() -> web::Data<Description> {
    described().clone()
}

fn described() -> &'static web::Data<Description> {
    static DESCRIPTION: OnceLock<web::Data<Description>> = OnceLock::new();
    DESCRIPTION.get_or_init(|| {
        let document = document();
        let json = document.to_pretty_json().unwrap_or_default();
        let addresses = document.paths.paths.iter().map(|(path, item)| (path.clone(), methods_of(item)));
        let costs = document.paths.paths.iter().flat_map(|(path, item)| dear(path, item));
        web::Data::new(Description::new(json, addresses, costs))
    })
}

/// What costs more than others at this address: turning pages, and files and counts over many rows.
fn dear(path: &str, item: &PathItem) -> Vec<(&'static str, String, Policy)> {
    let all = [("GET", &item.get), ("HEAD", &item.head), ("POST", &item.post), ("PATCH", &item.patch)];
    let cost = |operation: &Operation| match operation {
        _ if FOLDED.iter().any(|above| path.starts_with(above)) => Some(Policy::Heavy),
        operation if moves_files(operation) => Some(Policy::Heavy),
        operation if asks_for(operation, "after") => Some(Policy::Lists),
        _ => None,
    };
    let costs = all.into_iter().filter_map(|(method, operation)| Some((method, cost(operation.as_ref()?)?)));
    costs.map(|(method, policy)| (method, path.to_owned(), policy)).collect()
}

/// Where many dossiers are counted for one answer.
const FOLDED: [&str; 2] = ["/v1/reports/", "/v1/forecast"];

/// What is sent or answered by it is a file.
fn moves_files(operation: &Operation) -> bool {
    const FILES: [&str; 6] = [
        "*/*",
        "application/octet-stream",
        "application/pdf",
        "text/csv",
        "multipart/form-data",
        "application/offset+octet-stream",
    ];
    let answers = operation.responses.responses.values().filter_map(|answer| match answer {
        RefOr::T(response) => Some(&response.content),
        RefOr::Ref(_) => None,
    });
    let sent = operation.request_body.as_ref().and_then(|body| match body {
        RefOr::T(body) => Some(&body.content),
        RefOr::Ref(_) => None,
    });
    let file = |kind: &String| FILES.contains(&kind.as_str());
    answers.flat_map(|content| content.keys()).any(file)
        || sent.into_iter().flat_map(|content| content.keys()).any(file)
}

fn asks_for(operation: &Operation, name: &str) -> bool {
    let named = |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(p) if p.name == name);
    operation.parameters.iter().flatten().any(named)
}

/// The page to try it, at `/docs/`.
pub(crate) fn docs_page() -> SwaggerUi {
    SwaggerUi::new("/docs/{_:.*}").config(Config::from("/openapi.json"))
}

/// Methods of one address of the OpenAPI document.
pub fn methods_of(item: &PathItem) -> Vec<String> {
    let all = [
        ("GET", &item.get),
        ("HEAD", &item.head),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ];
    all.into_iter()
        .filter(|(_, operation)| operation.is_some())
        .map(|(method, _)| method.to_owned())
        .collect()
}

/// Adds what every operation shares: who may ask, and the problems that can always happen.
fn complete(operation: &mut Operation, method: &str, path: &str) {
    let public = routes::PUBLIC.contains(&(method, path));
    if method == "HEAD" {
        // Two methods of one handler would otherwise share one id.
        operation.operation_id = operation.operation_id.take().map(|id| format!("{id}_head"));
    }
    let writes = !matches!(method, "GET" | "HEAD");
    let mut codes = vec![Code::Internal, Code::TemporarilyUnavailable];
    if counts(path) {
        codes.push(Code::TooManyRequests);
    }
    if !public {
        operation.security = Some(secured(method, path));
        codes.extend([Code::TokenInvalid, Code::ScopeMissing, Code::NotFound]);
    }
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && parameter.name == "id"
        {
            let told = std::mem::replace(parameter, Parameter::new("id"));
            *parameter = ParameterBuilder::from(told).example(Some(ID.into())).build();
        }
    }
    if path.contains('{') {
        codes.extend([Code::PathInvalid, Code::NotFound]);
    }
    if writes {
        codes.extend([
            Code::JsonMalformed,
            Code::BodyTooLarge,
            Code::MediaTypeUnsupported,
            Code::BodyInvalid,
        ]);
    }
    codes.extend(promised(operation, method, path));
    rehearsed(operation, path);
    for code in codes {
        let status = code.entry().status.to_string();
        operation.responses.responses.entry(status).or_insert_with(|| RefOr::T(problem(code)));
    }
}

/// What a person's token opens, and with which scope that of a machine client.
fn secured(method: &str, path: &str) -> Vec<SecurityRequirement> {
    let mut ways = vec![SecurityRequirement::new::<_, _, String>("bearer", [])];
    if let Some(Decision::Scope(scope)) = decision(&format!("{method} {path}")) {
        ways.push(SecurityRequirement::new("machine", [scope]));
    }
    ways
}

/// What takes a key may be tried: the header that asks for it, and its answer.
fn rehearsed(operation: &mut Operation, path: &str) {
    let keyed =
        |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(p) if p.name == "Idempotency-Key");
    if !operation.parameters.iter().flatten().any(keyed) {
        return;
    }
    let said = |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(p) if p.name == "Prefer");
    if operation.parameters.iter().flatten().any(said) || path.starts_with("/v1/uploads") {
        return;
    }
    let prefer = ParameterBuilder::new()
        .name("Prefer")
        .parameter_in(ParameterIn::Header)
        .description(Some("`dry-run`: tell what would follow and write nothing; needs no key"))
        .schema(Some(Object::with_type(Type::String)))
        .build();
    operation.parameters.get_or_insert_default().push(RefOr::T(prefer));
    let act = path == "/v1/dossiers" || is_act(operation);
    let rehearsal = ContentBuilder::new().schema(Some(Ref::from_schema_name("Rehearsal"))).build();
    let content = if act { Some(rehearsal) } else { content_of(operation) };
    let told = ResponseBuilder::new().description("A dry run: what would follow, with nothing written");
    let told = content.into_iter().fold(told, |told, content| told.content("application/json", content));
    operation.responses.responses.entry("200".into()).or_insert_with(|| RefOr::T(told.build()));
}

/// What is answered when the thing is done, or begun.
fn content_of(operation: &Operation) -> Option<Content> {
    let answers = ["201", "202"].into_iter().filter_map(|status| operation.responses.responses.get(status));
    answers.into_iter().find_map(|answer| match answer {
        RefOr::T(response) => match response.content.get("application/json") {
            Some(RefOr::T(content)) => Some(content.clone()),
            _ => None,
        },
        RefOr::Ref(_) => None,
    })
}

/// An operation whose answer is the recorded act.
fn is_act(operation: &Operation) -> bool {
    let Some(RefOr::T(response)) = operation.responses.responses.get("201") else {
        return false;
    };
    let schemas = response.content.values().filter_map(|content| match content {
        RefOr::T(content) => content.schema.as_ref(),
        RefOr::Ref(_) => None,
    });
    const ACT: &str = "#/components/schemas/RecordedAct";
    schemas.into_iter().any(|told| matches!(told, RefOr::Ref(named) if named.ref_location == ACT))
}

/// Of the second security scheme.
const MACHINE: &str =
    "Access token of a machine client; the scopes named beside it must stand in its `scope` claim.";

/// A key as this office makes them (UUID version 7).
const ID: &str = "019a0000-0000-7000-8000-000000000002";

/// The answer for a problem, to be named in `#[utoipa::path]` through its status alone.
fn problem(code: Code) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new()
        .description(code.entry().title(rules::lang::Lang::En))
        .content("application/problem+json", content)
        .build()
}
