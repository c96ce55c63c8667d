//! How the API speaks: problems, keys, limits, tags, cursors, traces, uploads, readiness.

mod cursors;
pub mod door;
mod headers;
mod intake;
mod keys;
mod limits;
mod operations;
mod origins;
mod probes;
mod problems;
mod shared_limits;
mod slow;
mod tags;
mod traces;
mod uploads;
