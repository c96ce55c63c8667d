//! What must stay true of the sources themselves; none of these has a list of exceptions.

mod access_page;
mod arrows;
mod budgets;
mod circles;
mod deploy;
mod example_settings;
mod glossary;
mod jobs_json;
mod law_coverage;
mod licences;
mod machinery;
mod migrations;
mod pages;
mod printed;
mod regimes;
pub mod sources;
mod variants;
mod way_out;
mod words;
