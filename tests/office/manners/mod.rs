//! How the API speaks: problems, keys, limits, tags, cursors, traces, uploads, readiness.

mod cursors;
pub mod door;
mod keys;
mod limits;
mod operations;
mod probes;
mod problems;
mod shared_limits;
mod tags;
mod traces;
mod uploads;
