//! Figures that a run found out, kept as files from which the page of evidence is printed.

use super::servers::{environment, on_postgres};
use serde_json::{Map, Value};

/// Keeps the figures of a suite in the folder `MOTCUA_EVIDENCE`, one file per engine and suite; nothing without it.
pub fn keep(suite: &str, figures: &[(&str, u64)]) {
    let Some(folder) = environment("MOTCUA_EVIDENCE") else { return };
    let engine = if on_postgres() { "postgres" } else { "sqlite" };
    let told: Map<String, Value> =
        figures.iter().map(|(name, count)| ((*name).to_owned(), (*count).into())).collect();
    let path = std::path::Path::new(&folder).join(format!("{engine}-{suite}.json"));
    std::fs::write(&path, Value::Object(told).to_string()).expect("a folder for the evidence");
}
