//! What is not handed over, and why: secrets of this office, and what serves nobody elsewhere.

const BLIND: &str = "a blind index under a key of this office; what it stands for is in the opened columns";
const LINK: &str = "a link that carries somebody's key";

/// Tables that are left out, with the reason.
pub(crate) const TABLES: [(&str, &str); 5] = [
    ("data_keys", "the keys of this office, wrapped by its master"),
    ("ended_sessions", "hashes of tokens of sign-ins that ended"),
    (
        "replays",
        "answers kept for some days in case somebody asks again; what they told is in the other tables",
    ),
    ("schedules", "the timetable of this program"),
    ("uploads", "how far the parts of an upload have come; what came to its end is in files"),
];

/// Columns that are left out of tables that are handed over, with the reason.
pub(crate) const COLUMNS: [(&str, &str, &str); 12] = [
    ("chronicle", "account_index", BLIND),
    ("chronicle", "owner_index", BLIND),
    ("digitisations", "owner_index", BLIND),
    ("documents", "number_index", BLIND),
    ("documents", "owner_index", BLIND),
    ("dossiers", "applicant_index", BLIND),
    ("dossiers", "key_wrapped", "a key of this office; what it sealed is in the opened columns"),
    ("mandates", "holder_index", BLIND),
    ("notices", "recipient_index", BLIND),
    ("payments", "pay_url", LINK),
    ("portal_papers", "link_sealed", LINK),
    ("results", "owner_index", BLIND),
];

/// Why a table is left out; none where it is not.
pub(crate) fn why_table(table: &str) -> Option<&'static str> {
    TABLES.iter().find(|(name, _)| *name == table).map(|(_, why)| *why)
}

/// Why a column is left out; none where it is not.
pub(crate) fn why_column(table: &str, column: &str) -> Option<&'static str> {
    COLUMNS.iter().find(|(of, name, _)| *of == table && *name == column).map(|(_, _, why)| *why)
}
