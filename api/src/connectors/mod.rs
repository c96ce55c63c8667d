//! For administrators: the outside parties, whether they are used, and how the calls to them go.

mod connector_view;
mod gathering;
mod list_connectors;
mod set_state;
mod show_connector;
mod show_days;
mod standing;
mod try_connector;

pub(crate) use list_connectors::*;
pub(crate) use set_state::*;
pub(crate) use show_connector::*;
pub(crate) use show_days::*;
pub(crate) use try_connector::*;

use crate::problems::{Code, Problem};
use connectors::registry::{self, Entry};
use rules::access;
use rules::actor::Actor;

/// 403 unless the person runs the wires; they are run with the ledger of jobs.
fn must_run_wires(by: &Actor) -> Result<(), Problem> {
    if access::runs_jobs(by) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// The entry of the registry; 404 when there is none of this key.
fn entry(key: &str) -> Result<&'static Entry, Problem> {
    registry::find(key).ok_or_else(|| Code::NotFound.into())
}
