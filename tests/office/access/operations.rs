//! Every operation that names something of a dossier, a unit or a person, and what of the policy it shows or changes.

use crate::guards::sources::assert_none;
use rules::access::Thing::{self, *};
use std::collections::BTreeSet;

/// What is read.
pub const READS: &[(&str, Thing)] = &[
    ("/v1/consultations/{id}", Consultations),
    ("/v1/digitisations/{id}", Digitisations),
    ("/v1/digitisations/{id}/fields", Pages),
    ("/v1/digitisations/{id}/pages/{n}", Pages),
    ("/v1/digitisations/{id}/progress", Digitisations),
    ("/v1/documents/{id}/progress", Digitisations),
    ("/v1/dossiers/{id}", Dossier),
    ("/v1/dossiers/{id}/actions", Dossier),
    ("/v1/dossiers/{id}/children", Dossier),
    ("/v1/dossiers/{id}/consultations", Dossier),
    ("/v1/dossiers/{id}/control-slip", Dossier),
    ("/v1/dossiers/{id}/corrections", Dossier),
    ("/v1/dossiers/{id}/deadline", Dossier),
    ("/v1/dossiers/{id}/digitisations", Dossier),
    ("/v1/dossiers/{id}/documents/{document}", StoredDocuments),
    ("/v1/dossiers/{id}/documents/{document}/content", StoredDocuments),
    ("/v1/dossiers/{id}/fee-receipts", Payments),
    ("/v1/dossiers/{id}/forms", PrintedForms),
    ("/v1/dossiers/{id}/handover-minutes", PrintedForms),
    ("/v1/dossiers/{id}/history", Dossier),
    ("/v1/dossiers/{id}/ledger", Exchanges),
    ("/v1/dossiers/{id}/notices", Notices),
    ("/v1/dossiers/{id}/offers", StoredDocuments),
    ("/v1/dossiers/{id}/papers", Dossier),
    ("/v1/dossiers/{id}/payments", Payments),
    ("/v1/dossiers/{id}/receipt", PrintedForms),
    ("/v1/dossiers/{id}/results", Results),
    ("/v1/dossiers/{id}/shipments", Shipments),
    ("/v1/dossiers/{id}/standing", Dossier),
    ("/v1/dossiers/{id}/supplements", Dossier),
    ("/v1/dossiers/{id}/tax-notices", PrintedForms),
    ("/v1/dossiers/{id}/transfer-code", PrintedForms),
    ("/v1/dossiers/{id}/transfer-code/picture", PrintedForms),
    ("/v1/dossiers/{id}/visits", Dossier),
    ("/v1/drafts/{id}", Shelf),
    ("/v1/drafts/{id}/form", Shelf),
    ("/v1/drafts/{id}/offers", Shelf),
    ("/v1/files/{id}", Files),
    ("/v1/files/{id}/content", Files),
    ("/v1/forms/{id}", PrintedForms),
    ("/v1/handover-minutes/{id}", PrintedForms),
    ("/v1/me/documents/{id}", Shelf),
    ("/v1/me/documents/{id}/content", Shelf),
    ("/v1/me/documents/{id}/uses", Shelf),
    ("/v1/paper-batches/{id}", Digitisations),
    ("/v1/postal-points/{unit}/shipments", Deliveries),
    ("/v1/questions/{id}", Questions),
    ("/v1/receipts/{id}", Payments),
    ("/v1/refunds/{id}", Money),
    ("/v1/results/{id}", Results),
    ("/v1/results/{id}/links", PrintedForms),
    ("/v1/results/{id}/qr", PrintedForms),
    ("/v1/statements/{id}", Money),
    ("/v1/statements/{id}/differences", Money),
    ("/v1/statements/{id}/sheet", Money),
    ("/v1/units/{id}/receipt-sheet", Money),
    ("/v1/units/{id}/receipt-series", Money),
    ("/v1/uploads/{id}", Shelf),
];

/// What is changed: nobody may who does not see it. Who else may is told by the life cycle and by roles of its own.
pub const WRITES: &[(&str, Thing)] = &[
    ("POST /v1/consultations/{id}/answer", Consultations),
    ("POST /v1/digitisations/{id}/cancellation", Digitisations),
    ("POST /v1/digitisations/{id}/drop", Digitisations),
    ("POST /v1/digitisations/{id}/keyings", Digitisations),
    ("POST /v1/digitisations/{id}/retry", Digitisations),
    ("POST /v1/digitisations/{id}/scan", Digitisations),
    ("POST /v1/dossiers/{id}/acceptance", Dossier),
    ("POST /v1/dossiers/{id}/admission", Dossier),
    ("POST /v1/dossiers/{id}/card-payment", Dossier),
    ("POST /v1/dossiers/{id}/cash-payment", Dossier),
    ("POST /v1/dossiers/{id}/children", Dossier),
    ("POST /v1/dossiers/{id}/claim", Dossier),
    ("POST /v1/dossiers/{id}/collection", Dossier),
    ("POST /v1/dossiers/{id}/consultations", Dossier),
    ("POST /v1/dossiers/{id}/correction", Dossier),
    ("POST /v1/dossiers/{id}/decision", Dossier),
    ("POST /v1/dossiers/{id}/extension", Dossier),
    ("POST /v1/dossiers/{id}/forms", PrintedForms),
    ("POST /v1/dossiers/{id}/forwarding", Dossier),
    ("POST /v1/dossiers/{id}/handover-minutes", PrintedForms),
    ("POST /v1/dossiers/{id}/mandate/ending", Dossier),
    ("POST /v1/dossiers/{id}/payment-request", Dossier),
    ("POST /v1/dossiers/{id}/payments", Payments),
    ("POST /v1/dossiers/{id}/rating", Person),
    ("POST /v1/dossiers/{id}/refusal", Dossier),
    ("POST /v1/dossiers/{id}/release", Dossier),
    ("POST /v1/dossiers/{id}/return", Dossier),
    ("POST /v1/dossiers/{id}/send-back", Dossier),
    ("POST /v1/dossiers/{id}/shipments", Shipments),
    ("POST /v1/dossiers/{id}/shipments/{shipment}/cancellation", Shipments),
    ("POST /v1/dossiers/{id}/shipments/{shipment}/return-to-agency", Shipments),
    ("POST /v1/dossiers/{id}/stop", Dossier),
    ("POST /v1/dossiers/{id}/supplement", Dossier),
    ("POST /v1/dossiers/{id}/supplement-request", Dossier),
    ("POST /v1/dossiers/{id}/transfer-claims", PrintedForms),
    ("POST /v1/dossiers/{id}/visits", Dossier),
    ("POST /v1/dossiers/{id}/withdrawal", Dossier),
    ("PUT /v1/drafts/{id}", Shelf),
    ("DELETE /v1/drafts/{id}", Shelf),
    ("POST /v1/flags/{id}/settlement", Desk),
    ("POST /v1/me/notices/{id}/seen", Shelf),
    ("POST /v1/paper-batches/{id}/closure", Digitisations),
    ("POST /v1/paper-batches/{id}/items", Digitisations),
    ("POST /v1/payments/{id}/confirmation", Money),
    ("POST /v1/payments/{id}/receipts", Money),
    ("POST /v1/payments/{id}/refunds", Money),
    ("POST /v1/payments/{id}/rejection", Money),
    ("POST /v1/questions/{id}/answer", Questions),
    ("POST /v1/receipts/{id}/cancellation", Payments),
    ("POST /v1/refunds/{id}/approval", Money),
    ("POST /v1/refunds/{id}/payout", Money),
    ("POST /v1/refunds/{id}/rejection", Money),
    ("POST /v1/refused-sightings/{id}/settlement", Sightings),
    ("POST /v1/results/{id}/links", Results),
    ("POST /v1/results/{id}/revocation", Results),
    ("POST /v1/shipments/{id}/proof", Shipments),
    ("POST /v1/statement-differences/{id}/settlement", Money),
    ("POST /v1/units/{id}/receipt-series", Money),
    ("POST /v1/units/{id}/registers", PrintedForms),
    ("PATCH /v1/uploads/{id}", Shelf),
    ("POST /v1/warnings/{id}/reading", Desk),
];

/// What is nobody's and no single unit's: its doors ask the role alone, and tests of their own show it.
const OF_NOBODY: &[&str] = &[
    "GET /v1/admin/assignments/{id}",
    "GET /v1/admin/connectors/{key}",
    "GET /v1/admin/connectors/{key}/days",
    "GET /v1/admin/jobs/{id}",
    "GET /v1/calendars/{version}",
    "GET /v1/calendars/{version}/effect",
    "GET /v1/calendars/{version}/effect/totals",
    "GET /v1/carriers/{key}/places",
    "GET /v1/carriers/{key}/waybills",
    "GET /v1/catalogue-pulls/{id}",
    "GET /v1/chronicle/entries/{id}/proof",
    "GET /v1/national-lists/{list}",
    "GET /v1/queues/{queue}",
    "GET /v1/reconciliations/{id}",
    "GET /v1/reconciliations/{id}/findings",
    "GET /v1/revision-drafts/{id}",
    "GET /v1/templates/{id}",
    "GET /v1/units/{id}/accounts",
    "GET /v1/units/{id}/carrier",
    "DELETE /v1/calendars/{version}",
    "DELETE /v1/revision-drafts/{id}",
    "HEAD /v1/uploads/{id}",
    "POST /v1/admin/assignments/{id}/ending",
    "POST /v1/admin/connectors/{key}/trial",
    "POST /v1/admin/jobs/{id}/cancellation",
    "POST /v1/admin/jobs/{id}/replay",
    "POST /v1/admin/units/{id}/codes",
    "POST /v1/calendars/{version}/adoption",
    "POST /v1/calendars/{version}/recomputation",
    "POST /v1/carriers/{key}/waybills",
    // Whoever issues papers is told why it is not theirs to end or replace (tests/office/documents/ending.rs).
    "POST /v1/documents/{id}/revocation",
    "POST /v1/documents/{id}/versions",
    "POST /v1/portal-messages/{id}/replay",
    "POST /v1/revision-drafts/{id}/adoption",
    "POST /v1/templates/{id}/adoption",
    "POST /v1/units/{id}/accounts",
    "PUT /v1/admin/connectors/{key}/services/{service}/state",
    "PUT /v1/admin/connectors/{key}/state",
    "PUT /v1/calendars/{version}",
    "PUT /v1/carriers/{key}/places",
    "PUT /v1/revision-drafts/{id}",
    "PUT /v1/templates/{id}",
    "PUT /v1/units/{id}/carrier",
];

#[test]
fn every_operation_that_names_something_stands_in_one_line() {
    let reads = READS.iter().map(|(path, _)| format!("GET {path}"));
    let writes = WRITES.iter().map(|(operation, _)| (*operation).to_owned());
    let lines: Vec<String> = reads.chain(writes).chain(OF_NOBODY.iter().map(|o| (*o).to_owned())).collect();
    let known: BTreeSet<&String> = lines.iter().collect();
    let asked: BTreeSet<String> = naming().into_iter().collect();
    let mut found: Vec<String> =
        asked.iter().filter(|o| !known.contains(o)).map(|o| format!("{o} is new")).collect();
    found.extend(known.iter().filter(|o| !asked.contains(**o)).map(|o| format!("{o} is gone")));
    if known.len() != lines.len() {
        found.push("a line stands twice".into());
    }

    assert_none("tests/office/access/operations.rs says what of the policy an operation shows", &found);
}

/// Operations with a part of their address to fill, for which a token is needed.
fn naming() -> Vec<String> {
    let paths = api::openapi::document().paths.paths;
    let of = |(path, item)| {
        let methods = api::openapi::methods_of(&item).into_iter();
        methods.map(move |method| (method, String::clone(&path))).collect::<Vec<_>>()
    };
    let all = paths.into_iter().filter(|(path, _)| path.contains('{')).flat_map(of);
    let open = |method: &str, path: &str| api::routes::PUBLIC.contains(&(method, path));
    all.filter(|(method, path)| !open(method, path))
        .map(|(method, path)| format!("{method} {path}"))
        .collect()
}
