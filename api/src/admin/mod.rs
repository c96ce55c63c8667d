//! For administrators: the ledger of jobs, catalogues from files, and the roles of officers.

mod assign_role;
mod assignment_view;
mod cancel_job;
mod count_jobs;
mod end_assignment;
mod give_unit_code;
mod import_seeds;
mod job_view;
mod job_words;
mod list_assignments;
mod list_jobs;
mod replay_job;
mod show_assignment;
mod show_job;

pub(crate) use assign_role::*;
pub(crate) use cancel_job::*;
pub(crate) use count_jobs::*;
pub(crate) use end_assignment::*;
pub(crate) use give_unit_code::*;
pub(crate) use import_seeds::*;
pub(crate) use list_assignments::*;
pub(crate) use list_jobs::*;
pub(crate) use replay_job::*;
pub(crate) use show_assignment::*;
pub(crate) use show_job::*;

use crate::problems::{Code, Problem};
use rules::access;
use rules::actor::Actor;
use rules::refusal::{Block, Refusal};

/// 403 unless the person runs the ledger of jobs.
fn must_run_jobs(by: &Actor) -> Result<(), Problem> {
    if access::runs_jobs(by) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// 403 unless the person runs the catalogue.
pub(crate) fn must_run_catalogue(by: &Actor) -> Result<(), Problem> {
    if access::runs_catalogue(by) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// 403 unless the person gives roles to officers.
fn must_run_people(by: &Actor) -> Result<(), Problem> {
    if access::runs_people(by) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// 409: the job stands where `act` comes too late.
fn too_late(act: &'static str, vi: &str, en: &str) -> Problem {
    let block = Block { code: "job_not_waiting", vi: vi.into(), en: en.into(), legal_basis: None };
    Problem::refused(Refusal { act, status: None, blocked_by: vec![block], allowed: Vec::new() })
}
