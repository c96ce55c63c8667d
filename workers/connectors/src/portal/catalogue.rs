//! What the portal publishes: procedures, agencies, fields (wire.md §1.4, §1.5). In our words; absent means absent.

pub use rules::published::{
    LegalText, PublishedCase, PublishedFee, PublishedPaper, PublishedProcedure, PublishedResult, PublishedWay,
};

use serde::Serialize;

/// A line of the list of procedures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProcedureLine {
    /// National procedure code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// An agency of the portal's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgencyLine {
    /// Organisation code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Level as the portal writes it (`CAPDONVI`).
    pub level: String,
}

/// A field (lĩnh vực) of the portal's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldLine {
    /// Code of the field.
    pub code: String,
    /// Name.
    pub name: String,
    /// Organisation code of the ministry it belongs to (`MANGANH`).
    pub sector: String,
}
