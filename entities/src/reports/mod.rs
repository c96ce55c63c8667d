//! What is counted over many dossiers: tallies of a period from the history, and forecasts from the queue.

pub mod digitisation;
pub mod forecast;
pub mod reading_errors;
pub mod reuse;
pub mod tallies;
