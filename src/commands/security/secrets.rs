//! Whether the secrets are secrets: there, of chance, and not one for everything.

use super::Finding;
use crate::settings::Settings;
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;

/// Least bits of chance, counted by how often each character comes.
const BITS: f64 = 100.0;

/// Checks the secrets of the settings; none is repeated in words.
pub(super) fn check(settings: &Settings) -> Vec<Finding> {
    let (sealing, master) = (&settings.sealing, settings.sealing.secret().unwrap_or_default());
    let source = match (sealing.program.is_empty(), sealing.file.is_some()) {
        (false, _) => "[sealing] program",
        (true, true) => "[sealing] file",
        (true, false) => "[sealing] master",
    };
    let secrets = [
        (source, &master),
        ("[api] cursor_secret", &settings.api.cursor_secret),
        ("[office] link_secret", &settings.office.link_secret),
    ];
    let mut found: Vec<Finding> = secrets.iter().map(|(name, secret)| one(name, secret)).collect();
    found.push(apart(&secrets));
    found.push(signing(settings));
    found
}

fn one(name: &str, secret: &SecretString) -> Finding {
    let secret = secret.expose_secret();
    let (length, bits) = (secret.chars().count(), chance(secret));
    if length < 32 {
        return Finding::bad(
            "secret",
            format!("{name} has {length} characters of 32; `openssl rand -hex 32`"),
        );
    }
    if bits < BITS {
        return Finding::bad(
            "secret",
            format!("{name} can be guessed; make another with `openssl rand -hex 32`"),
        );
    }
    Finding::ok("secret", format!("{name} is long and mixed enough"))
}

/// Shannon's measure of the characters, times their number: it tells a repeated word from chance, not a quotation.
fn chance(secret: &str) -> f64 {
    let mut times: BTreeMap<char, u32> = BTreeMap::new();
    for letter in secret.chars() {
        *times.entry(letter).or_default() += 1;
    }
    let length: f64 = times.values().map(|count| f64::from(*count)).sum();
    times.values().map(|count| f64::from(*count) * (length / f64::from(*count)).log2()).sum()
}

fn apart(secrets: &[(&str, &SecretString)]) -> Finding {
    for (index, (name, secret)) in secrets.iter().enumerate() {
        let same = |other: &&(&str, &SecretString)| other.1.expose_secret() == secret.expose_secret();
        let twin = secrets.iter().skip(index + 1).find(same).filter(|_| !secret.expose_secret().is_empty());
        if let Some((other, _)) = twin {
            return Finding::bad(
                "secrets",
                format!("{name} and {other} are the same; who learns one has both"),
            );
        }
    }
    Finding::ok("secrets", "each is its own")
}

fn signing(settings: &Settings) -> Finding {
    match settings.chronicle.key() {
        Ok(Some(key)) => Finding::ok("signing key", format!("{} signs the heads of the chains", key.id())),
        _ => Finding::warn("signing key", "none here; the workers need [chronicle] signing_key"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_told_from_patience() {
        let verdict = |secret: &str| one("[x] y", &SecretString::from(secret)).line();

        assert!(verdict("kurz").starts_with("BAD"));
        assert!(verdict(&"a".repeat(64)).starts_with("BAD"));
        assert!(verdict(&"abcd".repeat(12)).starts_with("BAD"));
        assert!(verdict("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c").starts_with("ok"));
        assert!(!verdict("một bí mật đủ dài chỉ dùng trong thử nghiệm").contains("bí mật"));
    }
}
