//! What the doctor says of the programs that papers are read with: here in which version, or what cannot be done without.

use super::doctor::say;
use super::tell;
use crate::settings::Settings;

/// Tells of every program; papers wait for one that is missing, so that nothing is wrong, but it is said.
pub(super) async fn check(settings: &Settings) -> bool {
    let tools = settings.digitising.tools();
    let mut all = true;
    for found in tools.found().await {
        match found.version {
            Some(version) => tell(&format!("ok program {}: {version}", found.program)),
            None => {
                all = false;
                let without = without(found.program);
                tell(&format!(
                    "–  program {}: not here ({without}); install {}",
                    found.program, found.package
                ));
            }
        }
    }
    if all { languages(settings).await } else { true }
}

/// What waits while a program is missing.
fn without(program: &str) -> &'static str {
    match program {
        "tesseract" => "no text is read: papers wait at the reading",
        _ => "no pages are made of PDF: papers wait before the reading",
    }
}

async fn languages(settings: &Settings) -> bool {
    let wanted = settings.digitising.languages.split('+').chain(["osd"]);
    let Ok(here) = settings.digitising.tools().languages().await else { return true };
    let missing: Vec<_> = wanted.filter(|wanted| !here.iter().any(|language| language == *wanted)).collect();
    if missing.is_empty() {
        return true;
    }
    let packages: Vec<_> = missing.iter().map(|language| format!("tesseract-ocr-{language}")).collect();
    let words = format!("tesseract lacks {}; install {}", missing.join(", "), packages.join(" "));
    say("program tesseract", &Err(words))
}
