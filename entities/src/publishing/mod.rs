//! From the national database to a revision in force here: readings of its catalogue, drafts, adoption (L-54, N-04).

pub mod adopting;
pub mod drafting;
pub mod listing;
mod newest;
pub mod pulling;
mod refusals;
