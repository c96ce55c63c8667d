//! Giving money back: proposed by finance or by the office, decided by another person, paid out with proof (F-06).

mod following;
mod proposing;
pub mod reading;
pub mod sending;
mod telling;

pub use proposing::Proposal;
