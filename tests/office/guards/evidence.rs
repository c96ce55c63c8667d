//! The page of evidence: which suites tried what, and the figures of their last runs.

use super::sources::{self, assert_none};
use super::suites::{Must, Suite, suites};
use crate::support::servers::environment;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::sync::OnceLock;

const PAGE: &str = "docs/security/evidence.md";
const ENGINES: [(&str, &str); 2] = [("sqlite", "SQLite"), ("postgres", "PostgreSQL")];
/// What stands from here on is written by people.
const BY_HAND: &str = "\n## Findings\n";
const NOT_RUN: &str = "not run";

/// What one suite counted on one engine, and the day it did.
#[derive(Clone, Debug, Default, PartialEq)]
struct Run {
    day: String,
    counts: BTreeMap<String, u64>,
}

/// Runs by suite and engine.
type Runs = BTreeMap<(String, &'static str), Run>;

#[test]
fn every_suite_that_keeps_figures_has_its_words() {
    let mut found = Vec::new();
    for source in sources::rust().filter(|source| source.path.starts_with("tests/")) {
        for (suite, figures) in kept(&source.text) {
            let Some(known) = suites().find(|known| known.key == suite) else {
                found.push(format!("{}: nothing is said of the suite `{suite}`", source.path));
                continue;
            };
            let wordless = figures.iter().filter(|name| known.figures.iter().all(|f| f.0 != **name));
            found
                .extend(wordless.map(|name| format!("{}: `{suite}` has no words for `{name}`", source.path)));
        }
    }

    assert_none("tests/office/guards/suites", &found);
}

#[test]
fn every_suite_with_words_is_kept_by_somebody() {
    let mut keepers: BTreeSet<String> = BTreeSet::new();
    for source in sources::rust().filter(|source| source.path.starts_with("tests/")) {
        keepers.extend(kept(&source.text).into_iter().map(|(suite, _)| suite.to_owned()));
    }
    let scripts: Vec<&str> = sources::all()
        .iter()
        .filter(|source| source.path.starts_with("scripts/"))
        .map(|source| source.text.as_str())
        .collect();
    let by_script = |key: &str| scripts.iter().any(|text| text.contains(&format!("-{key}.json")));

    let lost = suites().filter(|suite| !keepers.contains(suite.key) && !by_script(suite.key));
    let found: Vec<String> = lost.map(|suite| suite.key.to_owned()).collect();

    assert_none("nobody keeps figures of these suites", &found);
}

#[test]
fn the_page_has_a_line_for_every_figure_of_every_suite() {
    let page = page();
    let (printed_part, by_hand) = page.split_once(BY_HAND).expect("the findings stand under the figures");

    assert!(
        format!("{printed_part}{BY_HAND}{by_hand}") == printed(&read(printed_part), by_hand),
        "{PAGE} is not what its suites say; run `make evidence` and read the difference"
    );
}

#[test]
fn every_suite_was_run_and_found_what_it_must_find() {
    let runs = read(page());

    let mut found = Vec::new();
    for suite in suites() {
        let of_suite: Vec<&Run> =
            ENGINES.iter().filter_map(|(engine, _)| runs.get(&(suite.key.to_owned(), *engine))).collect();
        if of_suite.is_empty() && !suite.long {
            found.push(format!("{}: no figures; run its tests with MOTCUA_EVIDENCE=FOLDER", suite.key));
        }
        for run in of_suite {
            found.extend(suite.figures.iter().filter_map(|(name, _, must)| broken(suite, name, *must, run)));
        }
    }

    assert_none(PAGE, &found);
}

fn broken(suite: &Suite, name: &str, must: Must, run: &Run) -> Option<String> {
    let Some(count) = run.counts.get(name) else {
        return Some(format!("{}: a run says nothing of `{name}`", suite.key));
    };
    let holds = match must {
        Must::BeNone => *count == 0,
        Must::Reach(least) => *count >= least,
        Must::BeShown => true,
    };
    (!holds).then(|| format!("{}: `{name}` is {count}, and {}", suite.key, must.words()))
}

/// The page as it stands; printed anew first when `make evidence` asks for it.
fn page() -> &'static str {
    static PAGE_TEXT: OnceLock<String> = OnceLock::new();
    PAGE_TEXT.get_or_init(|| {
        let place = sources::root().join(PAGE);
        let before = std::fs::read_to_string(&place).unwrap_or_default();
        if environment("MOTCUA_WRITE_EVIDENCE").is_none() {
            return before;
        }
        let folder = environment("MOTCUA_EVIDENCE")
            .map_or_else(|| sources::root().join("target/evidence"), Into::into);
        let by_hand = before.split_once(BY_HAND).map_or("", |(_, by_hand)| by_hand);
        let mut runs = read(&before);
        runs.extend(found_in(&folder));
        let after = printed(&runs, by_hand);
        std::fs::write(place, &after).unwrap();
        after
    })
}

/// The figures that runs left in a folder.
fn found_in(folder: &Path) -> Runs {
    let mut runs = Runs::new();
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let name = entry.file_name().to_str().unwrap().to_owned();
        let Some((engine, suite)) = name.strip_suffix(".json").and_then(|name| name.split_once('-')) else {
            continue;
        };
        let engine = ENGINES
            .iter()
            .find(|(key, _)| *key == engine)
            .unwrap_or_else(|| panic!("{name}: which engine?"))
            .0;
        let words = suites().find(|known| known.key == suite).unwrap_or_else(|| panic!("{name}: no words"));
        let counts: BTreeMap<String, u64> = serde_json::from_slice(&std::fs::read(entry.path()).unwrap())
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        for figure in counts.keys() {
            assert!(words.figures.iter().any(|known| known.0 == figure), "{name}: no words for `{figure}`");
        }
        let written = DateTime::<Utc>::from(entry.metadata().unwrap().modified().unwrap());
        let day = rules::local_time::local_date(written).to_string();
        runs.insert((suite.to_owned(), engine), Run { day, counts });
    }
    runs
}

/// The figures that a page tells.
fn read(page: &str) -> Runs {
    let mut runs = Runs::new();
    let mut suite = "";
    let printed = page.split(BY_HAND).next().unwrap_or_default();
    for line in printed.lines() {
        if let Some(key) = line.strip_prefix("## ") {
            suite = key;
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, _, told @ ..] = cells.as_slice() else { continue };
        for ((engine, _), cell) in ENGINES.iter().zip(told).filter(|(_, cell)| **cell != NOT_RUN) {
            let run = runs.entry((suite.to_owned(), *engine));
            if *name == "day of the run" {
                run.or_default().day = (*cell).to_owned();
            } else if let Ok(count) = cell.replace(' ', "").parse() {
                run.or_default().counts.insert(name.trim_matches('`').to_owned(), count);
            }
        }
    }
    runs
}

const HEAD: &str = "# Evidence

Printed from the figures that the last runs kept: `make test`, then `make evidence`. Do not edit by hand above the
findings. Each suite says what it tries, each figure what it counts and what it must be; a run on which it is not so
fails. What the suites look at in detail is in [threats](threats.md) and [controls](controls.md).
";

fn printed(runs: &Runs, by_hand: &str) -> String {
    let mut page = String::from(HEAD);
    for suite in suites() {
        write!(page, "\n## {}\n\n{}\n\n", suite.key, suite.tries).unwrap();
        if suite.long {
            page.push_str("It takes long and is not part of `make test`.\n\n");
        }
        page.push_str(
            "| figure | what it counts | must be | SQLite | PostgreSQL |\n| --- | --- | --- | --: | --: |\n",
        );
        for (name, counts, must) in suite.figures {
            let told = cells(runs, suite, |run| run.counts.get(*name).map(|count| grouped(*count)));
            writeln!(page, "| `{name}` | {counts} | {} | {told} |", must.words()).unwrap();
        }
        let days = cells(runs, suite, |run| Some(run.day.clone()));
        writeln!(page, "| day of the run | | | {days} |").unwrap();
    }
    page + BY_HAND + by_hand
}

fn cells(runs: &Runs, suite: &Suite, told: impl Fn(&Run) -> Option<String>) -> String {
    let one = |engine: &'static str| runs.get(&(suite.key.to_owned(), engine)).and_then(&told);
    let all = ENGINES.map(|(engine, _)| one(engine).unwrap_or_else(|| NOT_RUN.to_owned()));
    all.join(" | ")
}

/// `12 345`.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|part| str::from_utf8(part).unwrap()).collect();
    groups.join(" ")
}

/// The suites that a file keeps figures of, each with the names of the figures as they stand in the call.
fn kept(text: &str) -> Vec<(&str, Vec<&str>)> {
    let calls = text.split(concat!("ke", "ep(")).skip(1).map(str::trim_start);
    let literal = calls.filter(|call| call.starts_with('"'));
    literal.filter_map(|call| call.split_once(");").map(|(inside, _)| inside)).map(named).collect()
}

fn named(inside: &str) -> (&str, Vec<&str>) {
    let mut literals = inside.split('"').skip(1).step_by(2);
    (literals.next().unwrap_or_default(), literals.collect())
}

#[test]
fn calls_and_pages_are_read_as_they_are_written() {
    let call = concat!("evidence::ke", "ep(\"a_suite\", &[(\"pairs\", n), (\"leaks\", lost.len())]);");
    let runs: Runs = [(
        ("forged_tokens".to_owned(), "sqlite"),
        Run {
            day: "2026-11-22".into(),
            counts: [("tokens_refused".to_owned(), 12_345), ("tokens_taken".to_owned(), 0)].into(),
        },
    )]
    .into();

    let page = printed(&runs, "\nx\n");

    assert_eq!(kept(call), [("a_suite", vec!["pairs", "leaks"])]);
    assert!(page.contains("| 12 345 | not run |"), "{page}");
    assert_eq!(read(&page), runs);
    assert_eq!(printed(&read(&page), "\nx\n"), page);
}
