//! What the pages of `docs/security` name is there: tests, files, rooms, commands and addresses.

use super::law_coverage::is_test;
use super::sources::{self, Source, assert_none};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn every_test_that_a_page_names_is_there() {
    let tests = tests();

    let mut found = Vec::new();
    for page in pages() {
        let named = quoted(&page.text).filter(|word| is_path_of_a_test(word));
        let lost =
            named.filter(|word| !tests.iter().any(|test| test.ends_with(&format!("::{}", shortened(word)))));
        found.extend(lost.map(|word| format!("{}: {word}", page.path)));
    }

    assert_none("pages name tests that are not there", &found);
}

#[test]
fn every_file_that_a_page_names_is_there() {
    let tops = [
        "api/",
        "deploy/",
        "docs/",
        "entities/",
        "migrations/",
        "openapi/",
        "scripts/",
        "src/",
        "tests/",
        "workers/",
    ];

    let mut found = Vec::new();
    for page in pages() {
        let named = quoted(&page.text).filter(|word| !word.contains([' ', '*', '…']));
        let files = named.filter(|word| tops.iter().any(|top| word.starts_with(top)));
        let lost = files.filter(|file| !sources::root().join(file).exists());
        found.extend(lost.map(|file| format!("{}: {file}", page.path)));
    }

    assert_none("pages name files that are not there", &found);
}

#[test]
fn every_control_has_its_test_or_says_whose_duty_it_is() {
    let rows = rows("docs/security/controls.md");

    let found: Vec<String> =
        rows.iter().filter(|row| !answers(row.last().unwrap())).map(|row| row.join(" | ")).collect();

    assert!(rows.len() > 60, "{} rows", rows.len());
    assert_none("controls without a test, `operator: why` or `not kept: why`", &found);
}

#[test]
fn every_threat_says_how_it_is_shown_that_it_is_stopped() {
    let rows = rows("docs/security/threats.md");

    let lame = |row: &&Vec<String>| row.len() != 6 || row.iter().any(String::is_empty) || !answers(&row[4]);
    let found: Vec<String> = rows.iter().filter(lame).map(|row| row.join(" | ")).collect();

    assert!(rows.len() > 60, "{} rows", rows.len());
    assert_none("threats without a test, `operator: why` or `not kept: why`", &found);
}

#[test]
fn every_room_of_the_house_has_its_chapter_of_threats() {
    let plan = &page("docs/architecture.md").text;
    let block = plan.split("```").nth(1).unwrap();
    let rooms: Vec<&str> =
        block.lines().filter_map(|line| line.split_once("/ ")).map(|(room, _)| room).collect();
    let chapters: BTreeSet<&str> = page("docs/security/threats.md")
        .text
        .lines()
        .filter_map(|line| line.strip_prefix("Rooms: "))
        .flat_map(quoted)
        .map(|room| room.trim_end_matches('/'))
        .collect();

    let found: Vec<String> =
        rooms.iter().filter(|room| !chapters.contains(**room)).map(|room| format!("{room}/")).collect();

    assert!(rooms.len() >= 8, "{rooms:?}");
    assert_none("docs/security/threats.md has no chapter for", &found);
}

#[test]
fn every_command_and_address_that_a_page_names_is_there() {
    let commands = commands();
    let document: Value = serde_json::from_str(api::openapi::printed()).unwrap();
    let addresses: BTreeSet<String> =
        document["paths"].as_object().unwrap().keys().map(|path| bare(path)).collect();

    let mut found = Vec::new();
    for page in pages() {
        for words in quoted(&page.text).chain(page.text.lines()) {
            let mut parts = words.split_whitespace();
            match (parts.next(), parts.next()) {
                (Some("motcua"), Some(command)) if !commands.contains(command) => {
                    found.push(format!("{}: {words}", page.path));
                }
                (Some("GET" | "POST" | "PUT" | "DELETE" | "PATCH"), Some(address))
                    if !addresses.contains(&bare(address)) =>
                {
                    found.push(format!("{}: {words}", page.path));
                }
                _ => {}
            }
        }
    }

    assert_none("the program has no such command or address", &found);
}

/// The commands of the front door, as they are typed.
fn commands() -> BTreeSet<String> {
    let door = &page("src/main.rs").text;
    let body = door.split("enum Command {").nth(1).and_then(|rest| rest.split("\n}").next()).unwrap();
    let named = body.lines().filter_map(|line| line.strip_prefix("    "));
    let variants = named.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    variants.filter_map(|line| line.split([',', '(']).next()).map(str::to_lowercase).collect()
}

fn pages() -> impl Iterator<Item = &'static Source> {
    sources::all().iter().filter(|source| source.path.starts_with("docs/security/"))
}

fn page(path: &str) -> &'static Source {
    sources::all().iter().find(|source| source.path == path).unwrap_or_else(|| panic!("{path} is missing"))
}

/// Every test of the repository by its file and its name, shortened.
fn tests() -> Vec<String> {
    let mut tests = Vec::new();
    for source in sources::rust() {
        let modules = source.path.trim_end_matches(".rs").replace('/', "::");
        let here = source.functions().into_iter().filter(is_test);
        tests.extend(here.map(|function| shortened(&format!("{modules}::{}", function.name))));
    }
    tests
}

/// Without what a runner's path and a file's path do not have in common.
fn shortened(path: &str) -> String {
    path.split("::")
        .filter(|part| !["mod", "main", "src", "tests"].contains(part))
        .collect::<Vec<_>>()
        .join("::")
}

fn is_path_of_a_test(word: &str) -> bool {
    word.contains("::")
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_:".contains(c))
}

/// What stands between backticks on one line.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// The rows of the tables of a page, without their heads.
fn rows(path: &str) -> Vec<Vec<String>> {
    let lines: Vec<&str> = page(path).text.lines().collect();
    let is_head = |index: usize| lines.get(index + 1).is_some_and(|next| next.starts_with("| ---"));
    let rows = lines
        .iter()
        .enumerate()
        .filter(|(index, line)| line.starts_with("| ") && !line.starts_with("| ---") && !is_head(*index));
    rows.map(|(_, line)| {
        line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    })
    .collect()
}

/// A test, or a reason of at least four words why there is none.
fn answers(cell: &str) -> bool {
    let reason = ["operator: ", "not kept: "].iter().find_map(|word| cell.strip_prefix(word));
    quoted(cell).any(is_path_of_a_test) || reason.is_some_and(|why| why.split_whitespace().count() >= 4)
}

/// An address without the names of its parts and without its query.
fn bare(address: &str) -> String {
    let path = address.split('?').next().unwrap_or_default();
    let part = |part: &str| if part.starts_with('{') { "{}".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[test]
fn cells_are_judged_as_they_are_meant() {
    assert!(answers("`identity::tokens::each_flaw_of_a_token_has_its_code`"));
    assert!(answers("operator: the guard of the building"));
    for bare in ["", "yes", "`api/src/lib.rs`", "operator: it", "`Door::act`"] {
        assert!(!answers(bare), "{bare}");
    }
}
