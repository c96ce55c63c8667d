//! The full export (S-11): everything the office knows in an open form, with counts and sums that anybody can check.

pub(crate) mod checking;
mod codes;
mod dictionary;
mod files;
mod flaws;
mod folder;
mod left_out;
mod lines;
mod links;
pub(crate) mod manifest;
mod opening;
mod places;
mod plans;
pub(crate) mod taking_out;
mod things;
mod totals;
mod tying;
