//! What the office may choose where the law leaves it the choice.

use serde::Deserialize;

/// Section `[law]` of the settings file.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LawSettings {
    /// Citizens may hand in at the office's own way where the law leads them to the national portal (TT 11/2025).
    pub provincial_submission: bool,
    /// The national monitor of online services is told of every entry (law.md §7.7); needs the connector `emc`.
    pub usage_monitoring: bool,
}

impl Default for LawSettings {
    fn default() -> Self {
        Self { provincial_submission: true, usage_monitoring: false }
    }
}
