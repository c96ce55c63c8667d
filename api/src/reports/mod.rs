//! Reports: what is counted over many dossiers, from the history and never from today's rows.

mod digitisation;
mod forecast;
mod forecast_page;
mod forecast_view;
mod reading;
mod reuse;
mod standing;
mod takings;

pub(crate) use digitisation::*;
pub(crate) use forecast::*;
pub(crate) use reading::*;
pub(crate) use reuse::*;
pub(crate) use standing::*;
pub(crate) use takings::*;
