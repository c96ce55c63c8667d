//! Who may read and write what lies on the disk: the settings, the database of SQLite, the folder of the files.

use super::Finding;
use crate::settings::Settings;
use figment::Figment;
use figment::providers::{Format, Toml};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Checks the rights of files; what is not on this machine is left out.
pub(super) fn check(settings: &Settings, file: Option<&Path>) -> Vec<Finding> {
    let mut found: Vec<Finding> = file.map(settings_file).into_iter().collect();
    if let Some(path) = settings.database.url.strip_prefix("sqlite://") {
        found.push(kept("database file", Path::new(path.split('?').next().unwrap_or(path))));
    }
    if !settings.files.store.contains("://") {
        found.push(kept("folder of the files", Path::new(&settings.files.store)));
    }
    found
}

fn settings_file(path: &Path) -> Finding {
    let what = "settings file";
    let Some(mode) = mode(path) else { return Finding::warn(what, "its rights cannot be read") };
    let holds =
        Figment::from(Toml::file_exact(path)).extract::<Value>().is_ok_and(|value| has_secret("", &value));
    let place = path.display();
    match (mode & 0o022, mode & 0o007, holds) {
        (0, 0, _) | (0, _, false) => Finding::ok(what, format!("{place} is written by its owner alone")),
        (0, _, true) => {
            Finding::bad(what, format!("{place} holds secrets and everybody reads it; chmod 0640"))
        }
        _ => Finding::bad(what, format!("others may write {place}; chmod 0640")),
    }
}

/// Whether a secret stands in the settings.
fn has_secret(name: &str, value: &Value) -> bool {
    const NAMES: [&str; 5] = ["secret", "password", "master", "former", "bearer"];
    match value {
        Value::Object(members) => members.iter().any(|(name, value)| has_secret(name, value)),
        Value::Array(items) => items.iter().any(|item| has_secret(name, item)),
        Value::String(text) if name == "url" => text.contains('@'),
        Value::String(text) => {
            !text.is_empty()
                && (NAMES.iter().any(|word| name.contains(word)) || ["key", "signing_key"].contains(&name))
        }
        _ => false,
    }
}

fn kept(what: &'static str, path: &Path) -> Finding {
    let place = path.display();
    match mode(path) {
        None => Finding::warn(what, format!("{place} is not there")),
        Some(mode) if mode & 0o007 != 0 => {
            Finding::bad(what, format!("everybody on this machine may look into {place}; chmod o-rwx"))
        }
        Some(mode) if mode & 0o020 != 0 => {
            Finding::warn(what, format!("the group may write {place}; chmod g-w unless it must"))
        }
        Some(_) => Finding::ok(what, format!("{place} is its owner's")),
    }
}

/// Rights of what lies at `path`; none when it is not there.
pub(super) fn mode(path: &Path) -> Option<u32> {
    std::fs::metadata(path).ok().map(|found| found.permissions().mode())
}
