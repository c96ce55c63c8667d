//! Issued results: read by who sees the dossier, revoked by their unit, fetched by links that end.

mod fetch;
mod links;
mod list;
mod qr;
mod revocation;
mod show;
mod view;

pub(crate) use fetch::*;
pub(crate) use links::*;
pub(crate) use list::*;
pub(crate) use qr::*;
pub(crate) use revocation::*;
pub(crate) use show::*;
pub(crate) use view::*;
