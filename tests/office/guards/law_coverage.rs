//! Every rule of the law has a test that carries its id, or a reason why the program does not keep it.

use super::sources::{self, Function, Source, assert_none};
use std::collections::BTreeMap;
use std::fmt::Write;

/// One line of `law_rules.txt`.
struct Rule {
    chapter: &'static str,
    id: &'static str,
    says: &'static str,
    kept: Kept,
    open: Option<&'static str>,
}

/// Where a rule is kept.
enum Kept {
    In(Vec<&'static str>),
    Not(&'static str),
}

/// Tests by the id of the rule they carry, each as its file and its name.
type Tests = BTreeMap<String, Vec<(&'static str, &'static str)>>;

#[test]
fn every_rule_has_its_test_or_its_reason() {
    let (rules, tests) = (rules(), tests());

    let mut found = Vec::new();
    for rule in &rules {
        match (&rule.kept, tests.contains_key(rule.id)) {
            (Kept::In(_), false) => found.push(format!("{}: no test carries its id", rule.id)),
            (Kept::Not(_), true) => found.push(format!("{}: is tested and said not to be kept", rule.id)),
            (Kept::Not("" | "yet"), false) => found.push(format!("{}: not kept, and no reason", rule.id)),
            _ => {}
        }
    }

    assert_none("tests/office/guards/law_rules.txt", &found);
}

#[test]
fn every_file_that_keeps_a_rule_is_there() {
    let mut found = Vec::new();
    for rule in &rules() {
        let Kept::In(paths) = &rule.kept else { continue };
        let missing = paths.iter().filter(|path| !sources::root().join(path).is_file());
        found.extend(missing.map(|path| format!("{}: there is no {path}", rule.id)));
    }

    assert_none("tests/office/guards/law_rules.txt", &found);
}

#[test]
fn no_test_carries_an_id_that_is_no_rule() {
    let known: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
    let strangers = tests().into_iter().filter(|(id, _)| !known.contains(&&**id));
    let found: Vec<String> = strangers.map(|(id, tests)| format!("{id}: {}", tests[0].1)).collect();

    assert_none("these ids are not in tests/office/guards/law_rules.txt", &found);
}

/// The page `docs/law-coverage.md`.
pub(super) fn printed() -> String {
    page(&rules(), &tests())
}

fn rules() -> Vec<Rule> {
    let mut chapter = "";
    let mut rules = Vec::new();
    for line in include_str!("law_rules.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some(title) = line.strip_prefix("== ") {
            chapter = title;
        } else if !line.is_empty() {
            rules.push(rule(chapter, line));
        }
    }
    rules
}

fn rule(chapter: &'static str, line: &'static str) -> Rule {
    let columns: Vec<&str> = line.split(" | ").collect();
    let (Some(id), Some(says), Some(kept)) = (columns.first(), columns.get(1), columns.get(2)) else {
        panic!("law_rules.txt: `{line}` has too few columns");
    };
    let kept = match kept.strip_prefix("not kept: ") {
        Some(why) => Kept::Not(why),
        None => Kept::In(kept.split(' ').collect()),
    };
    Rule { chapter, id, says, kept, open: columns.get(3).copied() }
}

fn tests() -> Tests {
    let words: Vec<(&str, String)> = rules().iter().map(|rule| (rule.id, in_a_name(rule.id))).collect();
    let mut tests = Tests::new();
    for source in sources::rust() {
        for function in source.functions().into_iter().filter(is_test) {
            for id in ids(function.name, &words) {
                tests.entry(id).or_default().push((&source.path, function.name));
            }
        }
    }
    tests
}

/// `#[test]`, `#[tokio::test(…)]` and their like.
pub(super) fn is_test(function: &Function<'_>) -> bool {
    let named = |line: &&&str| {
        let attribute = line.trim().strip_prefix("#[").and_then(|rest| rest.split(['(', ']']).next());
        attribute.is_some_and(|path| path == "test" || path.ends_with("::test"))
    };
    function.preamble.iter().any(|line| named(&line))
}

/// The ids a name carries: `l_40_w_04_…` two, whether they are rules or not.
fn ids(name: &str, words: &[(&str, String)]) -> Vec<String> {
    let parts: Vec<&str> = name.split('_').collect();
    let number = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    let numbered =
        parts.windows(2).filter(|pair| ["l", "c", "w", "f", "b", "x"].contains(&pair[0]) && number(pair[1]));
    let mut ids: Vec<String> =
        numbered.map(|pair| format!("{}-{}", pair[0].to_ascii_uppercase(), pair[1])).collect();
    let worded = words.iter().filter(|(_, word)| format!("_{name}_").contains(&format!("_{word}_")));
    ids.extend(worded.map(|(id, _)| (*id).to_owned()));
    ids.sort();
    ids.dedup();
    ids
}

/// `Mã TTHC` as it stands in the name of a test: `ma_tthc`.
fn in_a_name(id: &str) -> String {
    rules::folding::fold(id).replace([' ', '-'], "_")
}

fn page(rules: &[Rule], tests: &Tests) -> String {
    let mut page = String::from(HEAD);
    let kept = rules.iter().filter(|rule| matches!(rule.kept, Kept::In(_))).count();
    writeln!(page, "{kept} of {} rules are kept.", rules.len()).unwrap();
    let mut chapter = "";
    for rule in rules {
        if rule.chapter != chapter {
            chapter = rule.chapter;
            write!(page, "\n## {chapter}\n\n| rule | what it says | kept in | tests |\n").unwrap();
            page.push_str("| --- | --- | --- | --- |\n");
        }
        page.push_str(&row(rule, tests.get(rule.id).map_or(&[], Vec::as_slice)));
    }
    page
}

const HEAD: &str = "# The law, rule by rule

Printed from `tests/office/guards/law_rules.txt` and from the names of the tests by `make docs`; do not edit by hand.

Each rule has the files that keep it and every test whose name carries its id, or the reason why it is not kept. What
the numbers rest on is in [where the rules come from](sources.md).

";

fn row(rule: &Rule, tests: &[(&str, &str)]) -> String {
    let says = rule.open.map_or_else(|| rule.says.to_owned(), |open| format!("{} *{open}*", rule.says));
    let (kept, tests) = match &rule.kept {
        Kept::Not(why) => (format!("not kept: {why}"), "–".to_owned()),
        Kept::In(paths) => {
            let paths: Vec<String> = paths.iter().map(|path| format!("[{path}](../{path})")).collect();
            let tests: Vec<String> = tests.iter().map(test).collect();
            (paths.join("<br>"), tests.join("<br>"))
        }
    };
    format!("| {} | {says} | {kept} | {tests} |\n", rule.id)
}

fn test((path, name): &(&str, &str)) -> String {
    format!("[{}](../{path})", name.replace('_', " "))
}

/// A file of the repository as the guard would read it, with a test of each kind and a function that is none.
#[test]
fn tests_of_every_kind_are_found_and_nothing_else() {
    let text = "#[test]\nfn l_04_one() {}\n\n#[tokio::test(flavor = \"multi_thread\")]\n\
                async fn w_13_w_16_two() {\n    x();\n}\n\n/// l_05\nfn l_05_none() {}\n";
    let source = Source { path: "tests/a.rs".into(), text: text.into() };

    let found: Vec<Vec<String>> =
        source.functions().iter().filter(|f| is_test(f)).map(|f| ids(f.name, &[])).collect();

    assert_eq!(found, [vec!["L-04".to_owned()], vec!["W-13".to_owned(), "W-16".to_owned()]]);
    assert_eq!(ids("mst_has_a_digit", &[("MST", in_a_name("MST"))]), ["MST"]);
    assert_eq!(in_a_name("Mã lĩnh vực"), "ma_linh_vuc");
}
