//! Which crate may know which, and that the law knows no machine.

use super::sources::{self, assert_none};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

#[test]
fn the_crates_know_each_other_in_one_direction_only() {
    let everything =
        ["rules", "entities", "connectors", "forms", "digitising", "migrations", "api", "workers"];
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("rules", &[][..]),
        ("entities", &["rules"]),
        ("connectors", &["rules"]),
        ("forms", &["rules"]),
        ("digitising", &["rules"]),
        ("migrations", &["rules"]),
        ("api", &["rules", "entities", "connectors"]),
        ("workers", &["rules", "entities", "connectors", "forms", "digitising"]),
        ("motcua", &everything),
        ("office-tests", &everything),
        ("office-bench", &everything),
        ("office-fuzz", &everything),
    ]);

    let mut found = Vec::new();
    for package in members() {
        let name = text(package, "name");
        for dependency in list(package, "dependencies").iter().filter(|d| !d["path"].is_null()) {
            let known = text(dependency, "name");
            if !allowed.get(name).is_some_and(|allowed| allowed.contains(&known)) {
                found.push(format!("{name} -> {known}"));
            }
        }
    }

    assert_none("these arrows are not in the design", &found);
}

#[test]
fn the_law_depends_on_nothing_that_does_input_or_output() {
    let machines = [
        "tokio",
        "mio",
        "socket2",
        "async-std",
        "smol",
        "hyper",
        "reqwest",
        "sqlx",
        "sqlx-core",
        "sea-orm",
        "sea-query",
        "libsqlite3-sys",
        "actix-web",
        "actix-rt",
        "redis",
        "lettre",
        "object_store",
        "rustls",
        "tracing",
        "rand",
        "futures",
        "apalis-core",
    ];

    let needed = needed_by("rules");
    let found: Vec<String> =
        machines.iter().filter(|name| needed.contains(**name)).map(|n| n.to_string()).collect();

    assert!(needed.contains("serde"), "the walk over the graph found nothing");
    assert_none("`rules` reaches these", &found);
}

/// Names of all packages that a crate is built with; its development dependencies are left out.
fn needed_by(crate_name: &str) -> BTreeSet<&'static str> {
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata()["resolve"], "nodes").iter().map(|node| (text(node, "id"), node)).collect();
    let start = members().find(|package| text(package, "name") == crate_name).expect("a member");
    let (mut seen, mut ahead) = (BTreeSet::new(), vec![text(start, "id")]);
    while let Some(id) = ahead.pop() {
        if seen.insert(id) {
            ahead.extend(list(nodes[id], "deps").iter().filter(|d| is_normal(d)).map(|d| text(d, "pkg")));
        }
    }
    packages()
        .filter(|package| seen.contains(text(package, "id")))
        .map(|package| text(package, "name"))
        .collect()
}

/// Build scripts and macros run on the builder's machine; only what is linked counts.
fn is_normal(dependency: &Value) -> bool {
    list(dependency, "dep_kinds").iter().any(|kind| kind["kind"].is_null())
}

fn members() -> impl Iterator<Item = &'static Value> {
    packages().filter(|package| package["source"].is_null())
}

/// Every package that the build for this machine takes.
pub fn packages() -> impl Iterator<Item = &'static Value> {
    list(metadata(), "packages").iter()
}

pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn metadata() -> &'static Value {
    static METADATA: OnceLock<Value> = OnceLock::new();
    METADATA.get_or_init(|| {
        let host = answer("rustc", &["-vV"]);
        let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc says its host");
        let arguments = ["metadata", "--format-version", "1", "--offline", "--filter-platform", host];
        serde_json::from_str(&answer(env!("CARGO"), &arguments)).unwrap()
    })
}

fn answer(program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(sources::root()).stdin(Stdio::null());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
