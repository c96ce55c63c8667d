//! Paying over HTTP: opening, and what is believed of a platform's news.

mod callbacks;
mod carried_over;
mod claims;
mod opening;
mod takings;
pub mod tally;
mod ways;
