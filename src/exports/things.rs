//! What is handed over: every table under the thing that it tells of.

/// Things with their tables. A table that is neither here nor in `left_out` stops an export.
pub(crate) const THINGS: [(&str, &[&str]); 13] = [
    (
        "dossiers",
        &[
            "dossiers",
            "history",
            "clock_events",
            "decisions",
            "corrections",
            "supplements",
            "handovers",
            "consultations",
            "visits",
            "flags",
            "warnings",
            "mandates",
            "holds",
            "erasures",
            "drafts",
        ],
    ),
    ("papers and files", &["papers", "paper_sources", "files", "documents", "document_uses", "forms"]),
    ("results", &["results", "result_links"]),
    (
        "digitisation",
        &[
            "digitisations",
            "digitisation_events",
            "digitisation_stages",
            "digitisation_starts",
            "digitisation_targets",
            "digitisation_uses",
            "digitised_fields",
            "digitised_pages",
            "paper_batches",
        ],
    ),
    (
        "money",
        &[
            "payments",
            "payment_messages",
            "receipts",
            "receipt_series",
            "hand_receipts",
            "refunds",
            "statements",
            "statement_differences",
            "tax_notices",
            "tax_receipts",
            "unit_accounts",
        ],
    ),
    ("notices", &["notices", "notice_preferences", "notice_templates"]),
    ("voices", &["questions", "ratings", "satisfaction_months"]),
    (
        "post",
        &[
            "shipments",
            "sightings",
            "refused_sightings",
            "handover_minutes",
            "waybills",
            "unit_carriers",
            "carrier_places",
        ],
    ),
    (
        "national portal",
        &[
            "portal_accounts",
            "portal_exchanges",
            "portal_findings",
            "portal_messages",
            "portal_papers",
            "portal_pushes",
            "portal_reconciliations",
        ],
    ),
    (
        "catalogue",
        &[
            "procedures",
            "procedure_revisions",
            "revision_drafts",
            "pulled_procedures",
            "catalogue_pulls",
            "national_lines",
            "calendars",
            "downtimes",
            "recomputations",
        ],
    ),
    (
        "units, places and officers",
        &["units", "unit_codes", "unit_successors", "places", "place_successors", "assignments"],
    ),
    ("chronicle", &["chronicle", "chronicle_checkpoints", "chronicle_keys", "chronicle_links"]),
    (
        "running the office",
        &[
            "jobs",
            "marks",
            "code_series",
            "connectors",
            "connector_changes",
            "connector_days",
            "connector_healths",
        ],
    ),
];

/// The thing that a table tells of; none for a table of which nobody has said so.
pub(crate) fn thing(table: &str) -> Option<&'static str> {
    THINGS.iter().find(|(_, tables)| tables.contains(&table)).map(|(thing, _)| *thing)
}
