//! Templates: the words of notices, by event, language and channel, in versions.

mod adoption;
mod create;
mod in_force;
mod list;
mod preview;
mod replace;
mod show;
mod view;

pub(crate) use adoption::*;
pub(crate) use create::*;
pub(crate) use in_force::*;
pub(crate) use list::*;
pub(crate) use preview::*;
pub(crate) use replace::*;
pub(crate) use show::*;
