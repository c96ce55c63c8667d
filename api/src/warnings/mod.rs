//! Warnings for officers: those addressed to them, and noting that they were seen.

mod list;
mod reading;
mod view;

pub(crate) use list::*;
pub(crate) use reading::*;
pub(crate) use view::*;
