//! Paying over HTTP: opening, and what is believed of a platform's news.

mod callbacks;
mod opening;
mod tally;
