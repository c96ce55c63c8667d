//! Which problems an operation may answer with, read off what it asks for.

use super::Code;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, ParameterIn};

/// The problems of what asks for a version, a key, a query or a signature, and those of single operations.
pub(crate) fn promised(operation: &Operation, method: &str, path: &str) -> Vec<Code> {
    let mut codes = Vec::new();
    for parameter in operation.parameters.iter().flatten() {
        let RefOr::T(parameter) = parameter else { continue };
        match parameter.name.as_str() {
            "If-Match" => codes.extend([Code::Stale, Code::PreconditionRequired]),
            "Idempotency-Key" => codes.extend([Code::IdempotencyKeyMissing, Code::ActRefused]),
            "signature" => codes.extend([Code::LinkInvalid, Code::LinkEnded]),
            _ => {}
        }
        if parameter.parameter_in == ParameterIn::Query {
            codes.push(Code::QueryInvalid);
        }
    }
    if OF_DOSSIERS.iter().any(|thing| names(path, thing)) {
        codes.push(Code::DossierErased);
    }
    let own = OWN.iter().filter(|(at, _)| at.strip_prefix(method).is_some_and(|at| at.trim_start() == path));
    codes.extend(own.flat_map(|(_, codes)| codes.iter().copied()));
    codes
}

/// Whether an address names one of these things, as in `/v1/payments/{id}`.
fn names(path: &str, thing: &str) -> bool {
    let rest = path.strip_prefix("/v1/").and_then(|rest| rest.strip_prefix(thing));
    rest.is_some_and(|rest| rest.starts_with("/{"))
}

/// Things that are of a dossier, and are gone with it when its term is over.
const OF_DOSSIERS: [&str; 18] = [
    "consultations",
    "digitisations",
    "documents",
    "dossiers",
    "files",
    "flags",
    "forms",
    "handover-minutes",
    "notices",
    "payments",
    "portal-messages",
    "receipts",
    "refunds",
    "refused-sightings",
    "results",
    "shipments",
    "statement-differences",
    "warnings",
];

/// What else single operations may answer with.
const OWN: &[(&str, &[Code])] = &[
    ("POST /demo/tokens", &[Code::NotFound]),
    ("POST /v1/callbacks/carriers/{carrier}", &[Code::TokenInvalid]),
    ("POST /v1/callbacks/texts/{connector}", &[Code::TokenInvalid]),
    ("GET /v1/dossiers/{id}/documents/{document}/content", FILE),
    ("GET /v1/dossiers/{id}/receipt", &[Code::ReceiptNotYet]),
    ("GET /v1/dossiers/{id}/transfer-code", &[Code::ActRefused]),
    ("GET /v1/dossiers/{id}/transfer-code/picture", &[Code::ActRefused]),
    ("GET /v1/files/{id}/content", FILE),
    ("GET /v1/files/{id}/shared", FILE),
    ("GET /v1/forms/{id}", &[Code::FormNotReady]),
    ("POST /v1/lookups", &[Code::LookupFailed]),
    ("GET /v1/me/documents/{id}/content", FILE),
    ("GET /v1/payment-ways", &[Code::DossierErased]),
    ("GET /v1/result-links/{id}", FILE),
    ("PATCH /v1/uploads/{id}", &[Code::OffsetMismatch]),
];

/// Of whatever hands out a file.
const FILE: &[Code] = &[Code::FileQuarantined, Code::FileRefused, Code::RangeNotSatisfiable];
