//! The pages lead to each other and name commands that exist.

use super::sources::{self, Source, assert_none};
use std::collections::BTreeSet;

#[test]
fn the_first_two_commands_of_the_readme_are_the_demo_and_the_test() {
    let readme = page("README.md");
    let named: Vec<&str> = readme.text.lines().filter_map(|line| line.strip_prefix("make ")).collect();
    let first: Vec<&str> = named.iter().take(2).filter_map(|line| line.split_whitespace().next()).collect();

    assert_eq!(first, ["demo", "test"]);
}

#[test]
fn every_command_that_a_page_names_is_in_the_makefile() {
    let makefile = &page("Makefile").text;
    let targets: BTreeSet<&str> =
        makefile.lines().filter_map(|line| line.split_once(": ##")).map(|(t, _)| t).collect();

    let mut found = Vec::new();
    for page in pages() {
        for part in page.text.split(['`', '\n']).filter_map(|part| part.strip_prefix("make ")) {
            let target = part.split_whitespace().next().unwrap_or_default();
            if !targets.contains(target) {
                found.push(format!("{}: make {target}", page.path));
            }
        }
    }

    assert!(targets.contains("test"));
    assert_none("pages name commands that the Makefile has not", &found);
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut found = Vec::new();
    for page in pages() {
        for target in links(page) {
            if !sources::root().join(&target).exists() {
                found.push(format!("{}: {target}", page.path));
            }
        }
    }

    assert_none("broken links", &found);
}

#[test]
fn every_page_of_the_documents_is_found_from_the_readme() {
    let listed: BTreeSet<String> = links(page("README.md")).chain(links(page("docs/README.md"))).collect();
    let found: Vec<String> = pages()
        .filter(|page| page.path.starts_with("docs/") && page.path != "docs/README.md")
        .map(|page| page.path.clone())
        .filter(|path| !listed.contains(path))
        .collect();

    assert_none("no index lists", &found);
}

fn pages() -> impl Iterator<Item = &'static Source> {
    sources::all().iter().filter(|source| source.path.ends_with(".md"))
}

fn page(path: &str) -> &'static Source {
    sources::all().iter().find(|source| source.path == path).unwrap_or_else(|| panic!("{path} is missing"))
}

/// The files that a page links to, from the root.
fn links(page: &Source) -> impl Iterator<Item = String> {
    let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let targets = page.text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    targets
        .filter(|target| !target.is_empty() && !target.contains("://"))
        .map(move |target| resolve(folder, target))
}

fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}
