//! How the API speaks: problems, keys, tags, cursors, traces, uploads, readiness.

mod cursors;
pub mod door;
mod keys;
mod operations;
mod probes;
mod problems;
mod tags;
mod traces;
mod uploads;
