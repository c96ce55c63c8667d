//! Reports: what is counted over many dossiers, from the history and never from today's rows.

mod takings;

pub(crate) use takings::*;
