//! What must stay true of the sources themselves; none of these has a list of exceptions.

mod arrows;
mod budgets;
mod circles;
mod deploy;
mod licences;
mod machinery;
mod migrations;
mod pages;
pub mod sources;
mod words;
