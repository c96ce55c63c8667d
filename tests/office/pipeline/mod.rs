//! A paper from quarantine to the store: every stage a job, cut off anywhere, done once.

mod checking;
mod killed;
mod paper;
mod progress;
mod refusals;
mod report;
mod scanning;
pub mod scene;
mod stages;
