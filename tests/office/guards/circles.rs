//! No file of a crate knows one that knows it back.

use super::sources::{self, Source, assert_none};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn no_file_knows_a_file_that_knows_it_back() {
    let mut found = Vec::new();
    for root in [
        "entities/rules/src/",
        "entities/src/",
        "workers/connectors/src/",
        "workers/digitising/src/",
        "workers/forms/src/",
        "workers/src/",
        "api/src/",
        "src/",
    ] {
        let modules: BTreeMap<String, &Source> = sources::rust()
            .filter_map(|source| Some((module(source.path.strip_prefix(root)?), source)))
            .collect();
        let known =
            modules.iter().map(|(name, source)| (name.as_str(), known_by(name, source, &modules))).collect();
        found.extend(circles(&known).into_iter().map(|circle| format!("{root}: {circle}")));
    }

    assert_none("these files know each other in a circle", &found);
}

/// `dossiers/acts.rs` is `dossiers::acts`; `dossiers/mod.rs` is `dossiers`; the crate's root is empty.
fn module(path: &str) -> String {
    let path = path.trim_end_matches(".rs").trim_end_matches("mod").trim_end_matches('/');
    if ["lib", "main"].contains(&path) { String::new() } else { path.replace('/', "::") }
}

/// The modules that the `use` lines of a file name; what lies below it is its own.
fn known_by(name: &str, source: &Source, modules: &BTreeMap<String, &Source>) -> BTreeSet<String> {
    let code: Vec<&str> = source.outside_tests().into_iter().map(|(_, line)| line).collect();
    let code = code.join("\n");
    let mut known = BTreeSet::new();
    for statement in code.split("\nuse ").skip(1).filter_map(|rest| rest.split(';').next()) {
        for path in spread(statement) {
            let Some(path) = absolute(name, &path) else {
                continue;
            };
            let Some(target) = owner(&path, modules) else {
                continue;
            };
            let own = target == name || target.is_empty() || target.starts_with(&format!("{name}::"));
            if !own {
                known.insert(target);
            }
        }
    }
    known
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
fn spread(statement: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let (mut stack, mut now) = (vec![String::new()], String::new());
    for letter in statement.chars().filter(|letter| !letter.is_whitespace()) {
        let before = stack.last().cloned().unwrap_or_default();
        match letter {
            '{' => stack.push(format!("{before}{}", std::mem::take(&mut now))),
            '}' | ',' => {
                if !now.is_empty() {
                    paths.push(format!("{before}{}", std::mem::take(&mut now)));
                }
                if letter == '}' {
                    stack.pop();
                }
            }
            other => now.push(other),
        }
    }
    if !now.is_empty() {
        paths.push(now);
    }
    paths
}

fn absolute(name: &str, path: &str) -> Option<String> {
    if let Some(rest) = path.strip_prefix("crate::") {
        return Some(rest.into());
    }
    let mut rest = path;
    let mut above: Vec<&str> = name.split("::").filter(|part| !part.is_empty()).collect();
    while let Some(after) = rest.strip_prefix("super::") {
        above.pop();
        rest = after;
    }
    (rest != path).then(|| [above.join("::"), rest.into()].join("::").trim_start_matches("::").into())
}

/// The file in which a path ends: the longest beginning of it that is a module.
fn owner(path: &str, modules: &BTreeMap<String, &Source>) -> Option<String> {
    let mut path = path;
    while !modules.contains_key(path) {
        path = path.rsplit_once("::")?.0;
    }
    Some(path.into())
}

/// Each circle once, told from its first file.
fn circles(known: &BTreeMap<&str, BTreeSet<String>>) -> BTreeSet<String> {
    let reaches: BTreeMap<&str, BTreeSet<&str>> =
        known.keys().map(|name| (*name, reach(name, known))).collect();
    let mut found = BTreeSet::new();
    for (name, reached) in reaches.iter().filter(|(name, reached)| reached.contains(**name)) {
        let inside = |other: &str| reached.contains(other) && reaches[other].contains(name);
        let from = reached.iter().filter(|from| inside(from));
        let arrows = from.flat_map(|from| {
            known[*from].iter().filter(|to| inside(to)).map(move |to| format!("{from} -> {to}"))
        });
        found.insert(arrows.collect::<Vec<_>>().join(", "));
    }
    found
}

fn reach<'a>(name: &str, known: &'a BTreeMap<&str, BTreeSet<String>>) -> BTreeSet<&'a str> {
    let (mut seen, mut ahead) = (BTreeSet::new(), Vec::from_iter(&known[name]));
    while let Some(next) = ahead.pop() {
        if seen.insert(next.as_str()) {
            ahead.extend(&known[next.as_str()]);
        }
    }
    seen
}

#[test]
fn use_lines_are_read_as_they_are_meant() {
    assert_eq!(spread("a::{b, c::{d, e}, f}"), ["a::b", "a::c::d", "a::c::e", "a::f"]);
    assert_eq!(absolute("x::y", "super::z::T").as_deref(), Some("x::z::T"));
    assert_eq!(absolute("x", "crate::z::T").as_deref(), Some("z::T"));
    assert_eq!(absolute("x", "std::fs"), None);
    assert_eq!(module("dossiers/mod.rs"), "dossiers");
    assert_eq!(module("dossiers/acts.rs"), "dossiers::acts");
}

#[test]
fn a_circle_is_seen() {
    let known = BTreeMap::from([
        ("a", BTreeSet::from(["b".to_owned()])),
        ("b", BTreeSet::from(["c".to_owned()])),
        ("c", BTreeSet::from(["b".to_owned()])),
    ]);

    assert_eq!(circles(&known), BTreeSet::from(["b -> c, c -> b".to_owned()]));
}
