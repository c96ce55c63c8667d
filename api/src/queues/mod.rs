//! Desk queues: what waits, the most pressing first, and "take next".

mod show;
mod take;

pub(crate) use show::*;
pub(crate) use take::*;
