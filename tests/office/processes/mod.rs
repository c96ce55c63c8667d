//! Real processes on real data: killed, stopped, cut off from others; nothing is lost and nothing is doubled.

mod api_killed;
pub mod binary;
mod books;
mod child;
mod closing;
mod codes;
mod lines;
mod logs;
mod parties;
mod parties_down;
mod passports;
mod portal_down;
mod portal_off;
mod premises;
mod recomputing;
mod redis_lost;
mod stopping;
mod taking;
pub mod waiting;
mod walk;
mod warnings_killed;
mod worker_killed;
