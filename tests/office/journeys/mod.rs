//! Whole journeys: people over HTTP, workers at their deeds, and what every outside party was told.

mod certified_copies;
mod mishaps;
mod paper;
pub mod stage;
