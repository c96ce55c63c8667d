//! Warnings: finding which are due, giving them through the one door, and reading them.

mod facts;
mod giving;
pub mod reading;
pub(crate) mod rows;
pub mod sweeping;
