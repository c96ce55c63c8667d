//! Editing the working calendar: drafts, their effect on open dossiers, adoption, and counting anew (W-17).

pub mod adopting;
pub mod drafting;
pub mod effect;
pub mod recomputing;
mod refusals;
