//! The law as pure functions: no database, no network, no clock, no async.

pub mod access;
pub mod actor;
pub mod calendar;
pub mod children;
pub mod codes;
pub mod control_slip;
pub mod deadlines;
pub mod fees;
pub mod folding;
pub mod forecast;
pub mod forms;
pub mod jobs;
pub mod lang;
pub mod lifecycle;
pub mod local_time;
pub mod office_hours;
pub mod openness;
pub mod past;
pub mod places;
pub mod procedure;
pub mod published;
pub mod refusal;
pub mod regime;
pub mod status;
pub mod warnings;
