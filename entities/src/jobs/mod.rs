//! The ledger of jobs.
