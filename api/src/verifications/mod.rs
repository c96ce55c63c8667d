//! Checking an issued result by its code: what it is and how it stands, and nothing about anybody.

mod ask;
mod checking;
mod comparison;
mod page;

pub(crate) use ask::*;
pub(crate) use checking::*;
pub(crate) use comparison::*;
pub(crate) use page::*;
