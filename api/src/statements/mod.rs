//! Statements of platforms and banks beside our takings: differences, and what came of each (law.md F-03).

mod differences;
mod list;
mod settlement;
mod sheet;
mod upload;
mod view;

pub(crate) use differences::*;
pub(crate) use list::*;
pub(crate) use settlement::*;
pub(crate) use sheet::*;
pub(crate) use upload::*;
pub(crate) use view::*;
