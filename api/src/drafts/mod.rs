//! Drafts: an application being written, kept for its writer alone until it is handed in.

mod create;
mod form;
mod list;
mod remove;
mod replace;
mod show;
mod view;

pub(crate) use create::*;
pub(crate) use form::*;
pub(crate) use list::*;
pub(crate) use remove::*;
pub(crate) use replace::*;
pub(crate) use show::*;
pub(crate) use view::*;
