//! What is counted over many dossiers: tallies of a period from the history, and forecasts from the queue.

pub mod forecast;
pub mod tallies;
