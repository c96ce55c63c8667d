//! What must stay true of the sources themselves; none of these has a list of exceptions.

mod access_page;
mod arrows;
mod budgets;
mod circles;
mod deploy;
mod dictionary;
mod evidence;
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
mod security;
pub mod sources;
mod suites;
mod variants;
mod way_out;
mod words;
