//! What `deny.toml` promises about foreign code, held without a tool that would have to be fetched.

use super::arrows::{packages, text};
use super::sources::{self, assert_none};
use std::collections::{BTreeMap, BTreeSet};
use toml::Value;

#[test]
fn every_foreign_crate_has_a_licence_that_is_allowed() {
    let promises = read("deny.toml");
    let allowed: BTreeSet<&str> = strings(&promises["licenses"]["allow"]).collect();

    let found: Vec<String> = packages()
        .filter(|package| !package["source"].is_null() && !is_allowed(text(package, "license"), &allowed))
        .map(|package| format!("{}: {:?}", text(package, "name"), text(package, "license")))
        .collect();

    assert_none("licences that deny.toml does not allow", &found);
}

#[test]
fn no_crate_is_there_that_is_banned_or_there_twice() {
    let promises = read("deny.toml");
    let lock = read("Cargo.lock");
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in array(&lock["package"]) {
        versions.entry(string(&package["name"])).or_default().push(string(&package["version"]));
    }

    let mut found = Vec::new();
    for ban in array(&promises["bans"]["deny"]) {
        let name = string(&ban["crate"]);
        let most = usize::from(ban.get("deny-multiple-versions").is_some());
        let present = versions.get(name).map(Vec::as_slice).unwrap_or_default();
        if present.len() > most {
            found.push(format!("{name} {}, at most {most}", present.join(" and ")));
        }
    }

    assert_none("crates against deny.toml", &found);
}

#[test]
fn every_foreign_crate_comes_from_the_one_registry() {
    let lock = read("Cargo.lock");
    let sources: BTreeSet<&str> =
        array(&lock["package"]).iter().filter_map(|package| package.get("source")).map(string).collect();

    assert!(sources.iter().all(|source| source.starts_with("registry+")), "{sources:?}");
    assert_eq!(sources.len(), 1, "{sources:?}");
}

#[test]
fn licence_expressions_are_read_as_they_are_meant() {
    let allowed = BTreeSet::from(["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"]);

    for good in ["MIT", "GPL-3.0 OR MIT", "GPL-3.0/MIT", "(GPL-3.0 OR MIT) AND Apache-2.0"] {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "MIT AND (GPL-3.0 OR ISC)", "MIT WITH LLVM-exception"] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
    assert!(is_allowed("GPL-2.0 OR Apache-2.0 WITH LLVM-exception", &allowed));
}

/// Reads an SPDX expression: `AND` binds tighter than `OR`, a slash is an old `OR`.
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any_of(&mut rest, allowed) && rest.is_empty()
}

fn any_of(rest: &mut &[&str], allowed: &BTreeSet<&str>) -> bool {
    let mut good = all_of(rest, allowed);
    while let ["OR", after @ ..] = *rest {
        *rest = after;
        good |= all_of(rest, allowed);
    }
    good
}

fn all_of(rest: &mut &[&str], allowed: &BTreeSet<&str>) -> bool {
    let mut good = one(rest, allowed);
    while let ["AND", after @ ..] = *rest {
        *rest = after;
        good &= one(rest, allowed);
    }
    good
}

fn one(rest: &mut &[&str], allowed: &BTreeSet<&str>) -> bool {
    let [word, after @ ..] = *rest else { return false };
    *rest = after;
    if *word == "(" {
        let good = any_of(rest, allowed);
        *rest = rest.get(1..).unwrap_or_default();
        return good;
    }
    if let ["WITH", exception, after @ ..] = *rest {
        *rest = after;
        return allowed.contains(format!("{word} WITH {exception}").as_str());
    }
    allowed.contains(*word)
}

fn read(file: &str) -> Value {
    toml::from_str(&std::fs::read_to_string(sources::root().join(file)).unwrap()).unwrap()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap()
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    array(value).iter().map(string)
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap()
}
