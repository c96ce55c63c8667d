//! `/v1/admin`: the ledger of jobs and catalogues from files, for those who run the office.

mod jobs;
mod seeds;
mod steering;
