//! Reports: what is counted over many dossiers, from the history and never from today's rows.

mod forecast;
mod forecast_page;
mod forecast_view;
mod standing;
mod takings;

pub(crate) use forecast::*;
pub(crate) use standing::*;
pub(crate) use takings::*;
