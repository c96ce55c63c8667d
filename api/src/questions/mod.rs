//! Questions that citizens put at the national portal, and their answers (wire.md §1.10).

mod answer;
mod list;
mod show;
mod view;

pub(crate) use answer::*;
pub(crate) use list::*;
pub(crate) use show::*;
