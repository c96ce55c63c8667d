//! Pages printed from the program say what the program says; `make docs` prints them again.

use super::{access_page, dictionary, law_coverage, sources};
use rules::lifecycle::{Effect, TABLE, Target, picture};
use rules::status::Status;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

#[test]
fn the_life_cycle_page_shows_the_table_of_the_rules() {
    compare("docs/life-cycle.md", &life_cycle());
}

#[test]
fn the_errors_page_lists_every_problem() {
    compare("docs/errors.md", &api::problems::page::printed());
}

#[test]
fn the_warnings_page_shows_the_table_of_the_rules() {
    compare("docs/warnings.md", &warnings());
}

#[test]
fn the_scopes_page_lists_every_operation() {
    compare("docs/scopes.md", &api::identity::scopes::printed());
}

#[test]
fn the_law_page_shows_the_rules_and_their_tests() {
    compare("docs/law-coverage.md", &law_coverage::printed());
}

#[test]
fn the_access_page_shows_the_table_of_the_rules() {
    compare("docs/access.md", &access_page::printed());
}

#[test]
fn the_data_dictionary_says_what_the_tables_say() {
    compare("src/exports/dictionary.tsv", &dictionary::printed());
}

/// Whether the printed files are to be written instead of compared.
#[expect(clippy::disallowed_methods, reason = "`make docs` says so in the environment; it is no setting")]
pub(super) fn writing() -> bool {
    std::env::var_os("MOTCUA_WRITE_DOCS").is_some_and(|value| value == "1")
}

/// Where a file of the repository lies.
pub(super) fn place(path: &str) -> PathBuf {
    sources::root().join(path)
}

fn compare(path: &str, printed: &str) {
    // What says the same stays untouched, so that nothing is built again for it.
    if writing() && std::fs::read_to_string(place(path)).is_ok_and(|kept| kept != printed) {
        std::fs::write(place(path), printed).unwrap();
    }
    let kept = std::fs::read_to_string(place(path)).unwrap_or_default();
    assert!(
        kept == printed,
        "{path} is not what the program prints; run `make docs` and read the difference"
    );
}

fn life_cycle() -> String {
    let mut page = String::from(HEAD);
    page.push_str("## The ten statuses\n\n| status | key | name | in English | afterwards |\n");
    page.push_str("| --- | --- | --- | --- | --- |\n");
    for status in Status::ALL {
        let (code, key) = (status.code(), status.key());
        let (vi, en) = (status.name_vi(), status.name_en());
        let after = if status.is_final() { "nothing" } else { "goes on" };
        writeln!(page, "| {code} | `{key}` | {vi} | {en} | {after} |").unwrap();
    }
    page.push_str("\n## The picture\n\n```mermaid\n");
    page.push_str(&diagram());
    page.push_str("```\n\n");
    page.push_str(READING);
    page.push_str(&picture());
    page
}

const HEAD: &str = "# The life of a dossier

Printed from `entities/rules/src/lifecycle/table.rs` by `make docs`; do not edit by hand.

The local status is the national one. Handing in makes status 1; from there every change is one row of the table
below, done through one function, `Door::act`. What is not in the table cannot be done.

";

const READING: &str = "Acts that leave the status as it is are not drawn.

## The table

How to read a row: from these statuses, these people may do this act when all of this holds; then the dossier stands
there, this happens to the legal clock, and these jobs are written. A role counts at the receiving or the competent
unit. `Notify` is the job `send_notice`, `Push` is `push_to_portal`, `Deliver` is `order_delivery` and only written
when the result goes by post.

";

fn diagram() -> String {
    let mut out = String::from("stateDiagram-v2\n");
    for status in Status::ALL {
        writeln!(out, "    s{0}: {0} {1}", status.code(), status.name_vi()).unwrap();
    }
    out.push_str("    [*] --> s1: submit\n");
    for ((from, to), acts) in edges() {
        writeln!(out, "    s{from} --> s{to}: {}", acts.join(", ")).unwrap();
    }
    for status in Status::ALL.into_iter().filter(|status| status.is_final()) {
        writeln!(out, "    s{} --> [*]", status.code()).unwrap();
    }
    out
}

/// Acts by the pair of statuses they lead from and to.
fn edges() -> BTreeMap<(u8, u8), Vec<&'static str>> {
    let mut edges: BTreeMap<(u8, u8), Vec<&'static str>> = BTreeMap::new();
    for row in TABLE {
        for from in row.from {
            let to = match row.to {
                Target::To(status) => status,
                Target::ProcessingIfReceived => Status::Processing,
                Target::ProcessingIfAwaited if *from == Status::AwaitingPayment => Status::Processing,
                Target::ProcessingIfAwaited | Target::Stay => continue,
            };
            edges.entry((from.code(), to.code())).or_default().push(row.act.key());
        }
    }
    edges.retain(|(from, to), _| from != to);
    edges
}

fn warnings() -> String {
    format!("{WARNINGS}{}{AUDIENCES}", rules::warnings::picture())
}

const WARNINGS: &str = "# Warnings

Printed from `entities/rules/src/warnings/` by `make docs`; do not edit by hand.

Whoever a date concerns is told of it: once for each occasion, through the one door, as an entry of the history. A job
of the schedule (`sweep_warnings`, every five minutes) looks at the dossiers whose time has come and writes a job `warn`
for each warning that is missing; that job looks again and lets be what no longer holds. Officers find theirs under
`GET /v1/warnings`; `applicant` means a letter. A procedure may set its own numbers under `warnings` of its revision.

";

const AUDIENCES: &str = "
* `applicant`: the applicant, by letter.
* `assignee`: the officer who has it on the desk; nobody yet, so those whose turn it is at the unit.
* `desk`: the desk officers of the receiving unit; `desk_heads`: its approvers.
* `heads`: the approvers of the competent unit.
* `postal_clerks`: the postal clerks of the receiving unit.

A late dossier is not written about by the program: the apology with a new date is the officer's act
(`POST /v1/dossiers/{id}/extension`), and it must come before the date, not after it.
";

#[test]
fn the_picture_leaves_no_status_out_and_draws_no_way_back_from_an_end() {
    let edges = edges();

    let reached: Vec<u8> = Status::ALL
        .into_iter()
        .map(Status::code)
        .filter(|code| *code == 1 || edges.keys().any(|(_, to)| to == code))
        .collect();
    let ends: Vec<u8> = Status::ALL.into_iter().filter(|s| s.is_final()).map(Status::code).collect();

    assert_eq!(reached, (1..=10).collect::<Vec<u8>>());
    assert!(edges.keys().all(|(from, _)| !ends.contains(from)), "{edges:?}");
    let told = TABLE.iter().filter(|row| matches!(row.to, Target::To(_)));
    assert!(told.clone().all(|row| row.effects.contains(&Effect::Push)), "every new status is pushed");
}
