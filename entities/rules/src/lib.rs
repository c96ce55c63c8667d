//! The law as pure functions: no database, no network, no clock, no async.

pub mod actor;
pub mod calendar;
pub mod deadlines;
pub mod fees;
pub mod jobs;
pub mod lang;
pub mod procedure;
pub mod refusal;
pub mod status;
