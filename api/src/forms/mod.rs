//! Paper forms: those of a dossier, a slip or a register on request, as a file or as a page to look at.

mod control_slip;
mod list;
mod preview;
mod register;
mod show;
mod view;

pub(crate) use control_slip::*;
pub(crate) use list::*;
pub(crate) use preview::printed;
pub(crate) use register::*;
pub(crate) use show::*;
pub(crate) use view::FormView;
