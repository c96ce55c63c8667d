//! What was said to the national portal about a dossier, and what it answered.

mod exchange_view;
mod list;

pub(crate) use list::*;
