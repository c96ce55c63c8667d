//! `/v1/admin`: the ledger of jobs, catalogues from files and the roles of officers, for those who run the office.

mod assignments;
mod jobs;
mod seeds;
mod steering;
