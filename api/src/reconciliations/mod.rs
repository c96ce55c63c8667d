//! Comparisons of our dossiers with what the national portal holds: begun, followed, and what they found.

mod list;
mod list_findings;
mod show;
mod start;
mod view;

pub(crate) use list::*;
pub(crate) use list_findings::*;
pub(crate) use show::*;
pub(crate) use start::*;

use crate::problems::{Code, Problem};
use rules::access::{Sight, Thing, everywhere};
use rules::actor::Actor;

/// 403 unless the person runs the office or oversees the province.
fn must_see_reconciliations(by: &Actor) -> Result<(), Problem> {
    if everywhere(by, Thing::Reconciliations) > Sight::None { Ok(()) } else { Err(Code::Forbidden.into()) }
}
