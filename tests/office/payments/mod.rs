//! Paying over HTTP: opening, and what is believed of a platform's news.

mod callbacks;
pub mod callbacks_attacked;
mod carried_over;
mod choosing;
mod claims;
mod collected;
mod opening;
mod showing;
mod takings;
pub mod tally;
pub mod transfers;
mod ways;
