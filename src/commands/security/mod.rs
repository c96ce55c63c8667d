//! `motcua doctor --security`: what of the settings, the database and the files would let somebody in, and what to do.

mod edge;
mod keys;
mod memory;
mod rights;
mod secrets;

use super::{Done, tell};
use crate::settings::Settings;
use std::path::Path;
use std::process::ExitCode;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Ok,
    Warn,
    Bad,
}

/// What one check found: of what, how bad, and in words what to do.
#[derive(Debug)]
struct Finding {
    what: &'static str,
    verdict: Verdict,
    words: String,
}

impl Finding {
    fn ok(what: &'static str, words: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Ok, words: words.into() }
    }

    fn warn(what: &'static str, words: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Warn, words: words.into() }
    }

    fn bad(what: &'static str, words: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Bad, words: words.into() }
    }

    fn line(&self) -> String {
        let verdict = match self.verdict {
            Verdict::Ok => "ok  ",
            Verdict::Warn => "warn",
            Verdict::Bad => "BAD ",
        };
        format!("{verdict} {}: {}", self.what, self.words)
    }
}

/// Looks at everything; ends with 1 when something is bad.
pub(super) async fn run(settings: &Settings, file: Option<&Path>) -> Done {
    let mut found = edge::check(settings);
    found.extend(secrets::check(settings));
    found.extend(rights::check(settings, file));
    found.push(keys::master(settings));
    found.extend(memory::check(settings).await);
    for finding in &found {
        tell(&finding.line());
    }
    let count = |verdict| found.iter().filter(|finding| finding.verdict == verdict).count();
    tell(&format!(
        "{} checks: {} bad, {} to be looked at",
        found.len(),
        count(Verdict::Bad),
        count(Verdict::Warn)
    ));
    Ok(if count(Verdict::Bad) == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
