//! Batches of old papers that a unit digitises (R-C2, R-C5).

mod begin;
mod closure;
mod items;
mod list;
mod show;
mod view;

pub(crate) use begin::*;
pub(crate) use closure::*;
pub(crate) use items::*;
pub(crate) use list::*;
pub(crate) use show::*;
pub(crate) use view::*;
