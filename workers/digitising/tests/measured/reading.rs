//! Measures how well and how fast pages are read, without the rest of the bench (docs/performance.md).

#![expect(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a bench may, a failure there is a finding"
)]

#[path = "../../../../tests/bench/src/asked.rs"]
#[expect(dead_code, reason = "the rest of the bench asks for more")]
mod asked;
#[path = "../../../../tests/bench/src/reading.rs"]
mod reading;

#[tokio::main]
async fn main() {
    reading::measure(&asked::Asked::read()).await;
}
