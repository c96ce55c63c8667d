//! What an import tells of itself.

use serde::Serialize;

/// What an import did, or would do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Units that were not there.
    pub units_added: u32,
    /// Units whose row now says something else.
    pub units_changed: u32,
    /// Successor edges that were not there.
    pub successors_added: u32,
    /// Procedures that were not there.
    pub procedures_added: u32,
    /// Revisions written, the first of a new procedure among them.
    pub revisions_added: u32,
    /// Calendar versions that were not there.
    pub calendars_added: u32,
    /// Places that were not there.
    pub places_added: u32,
    /// Places and their successors that now say something else.
    pub places_changed: u32,
    /// Successors of places that were not there.
    pub place_successors_added: u32,
    /// Further codes of units that were not there, or end on another day now.
    pub unit_codes_added: u32,
    /// Days and targets of digitisation that were not there.
    pub digitisation_added: u32,
    /// Days and targets of digitisation that now say something else.
    pub digitisation_changed: u32,
    /// Records that were there already, word for word.
    pub unchanged: u32,
}
