//! The working calendar: its versions, drafts, what a draft would move, adoption, and counting anew (W-17).

mod adoption;
mod create;
mod effect;
mod list;
mod recomputation;
mod remove;
mod replace;
mod show;
mod totals;
mod view;

pub(crate) use adoption::*;
pub(crate) use create::*;
pub(crate) use effect::*;
pub(crate) use list::*;
pub(crate) use recomputation::*;
pub(crate) use remove::*;
pub(crate) use replace::*;
pub(crate) use show::*;
pub(crate) use totals::*;
