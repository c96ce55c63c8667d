//! The chronicle: every write and every look at personal data, chained by hashes and never changed again.

pub mod about;
pub mod canon;
pub mod chaining;
pub mod checkpoints;
pub mod entry;
pub mod looks;
pub mod noting;
pub mod proving;
pub mod reading;
pub mod signing;
pub mod verifying;

pub use crate::tables::chronicle::Model as Entry;
