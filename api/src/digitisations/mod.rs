//! The queue of papers to be digitised: read by its unit, and moved on where a person is needed (D-01..D-04).

mod cancellation;
mod drop;
mod fields;
mod following;
mod keyings;
mod list;
mod of_dossier;
mod page;
mod progress;
mod retry;
mod scan;
mod show;
mod view;

pub(crate) use cancellation::*;
pub(crate) use drop::*;
pub(crate) use fields::*;
pub(crate) use keyings::*;
pub(crate) use list::*;
pub(crate) use of_dossier::*;
pub(crate) use page::*;
pub(crate) use progress::*;
pub(crate) use retry::*;
pub(crate) use scan::*;
pub(crate) use show::*;
pub(crate) use view::*;
