//! The shared catalogues: procedures, agencies, fields, accounts (wire.md §1.4).

use crate::{
    loose_json::text,
    portal::{AgencyLine, FieldLine, ProcedureLine},
};
use serde_json::Value;

/// The list of procedures; a line without a code is left out.
pub(super) fn procedures(rows: &[Value]) -> Vec<ProcedureLine> {
    let line = |row: &Value| Some(ProcedureLine { code: told(row, "MATTHC")?, name: text(row, "TENTTHC") });
    rows.iter().filter_map(line).collect()
}

/// The list of agencies.
pub(super) fn agencies(rows: &[Value]) -> Vec<AgencyLine> {
    let line = |row: &Value| {
        let code = told(row, "MADONVI")?;
        Some(AgencyLine { code, name: text(row, "TENDONVI"), level: text(row, "CAPDONVI") })
    };
    rows.iter().filter_map(line).collect()
}

/// The list of fields.
pub(super) fn fields(rows: &[Value]) -> Vec<FieldLine> {
    let line = |row: &Value| {
        let code = told(row, "MALINHVUC")?;
        Some(FieldLine { code, name: text(row, "TENLINHVUC"), sector: text(row, "MANGANH") })
    };
    rows.iter().filter_map(line).collect()
}

/// The technical account; none where the portal knows none, or names several.
pub(super) fn account(rows: &[Value]) -> Option<String> {
    let mut accounts: Vec<String> = rows.iter().filter_map(|row| told(row, "TECHNICALID")).collect();
    accounts.dedup();
    let only = accounts.pop();
    only.filter(|_| accounts.is_empty())
}

fn told(row: &Value, name: &str) -> Option<String> {
    Some(text(row, name).trim().to_owned()).filter(|text| !text.is_empty())
}
