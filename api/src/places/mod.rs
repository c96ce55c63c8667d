//! Administrative units of the country, dated, open to everybody.

mod list_places;
mod place_view;
mod show_place;
mod show_successors;

pub(crate) use list_places::*;
pub(crate) use show_place::*;
pub(crate) use show_successors::*;
