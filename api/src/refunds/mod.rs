//! Giving money back: proposed, decided by another person, and paid out with proof (law.md F-06).

mod approval;
mod list;
mod payout;
mod propose;
mod rejection;
mod show;
mod view;

pub(crate) use approval::*;
pub(crate) use list::*;
pub(crate) use payout::*;
pub(crate) use propose::*;
pub(crate) use rejection::*;
pub(crate) use show::*;
pub(crate) use view::*;
