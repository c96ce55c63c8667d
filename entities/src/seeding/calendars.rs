//! Calendars: the file of the rules, its problems placed on their lines (W-17).

use super::located::Node;
use super::typing::typed;
use super::{SeedError, Seeds};
use chrono::NaiveDate;
use rules::calendar::{CalendarFile, CalendarProblem};
use std::collections::BTreeSet;

/// Reads a calendar; faults go to `report`.
pub(super) fn calendar(node: &Node, report: &mut impl FnMut(u64, String)) -> Option<CalendarFile> {
    let file = typed::<CalendarFile>(node, &mut *report)?;
    let problems = file.problems();
    for problem in &problems {
        report(line(problem, &file, node), problem.to_string());
    }
    problems.is_empty().then_some(file)
}

fn line(problem: &CalendarProblem, file: &CalendarFile, node: &Node) -> u64 {
    let date = match problem {
        CalendarProblem::EndsBeforeItBegins => return node.line_of("valid_to"),
        CalendarProblem::OutsideValidity(d)
        | CalendarProblem::ListedTwice(d)
        | CalendarProblem::AlreadyWorked(d)
        | CalendarProblem::Unexplained(d) => *d,
    };
    day_line(date, file, node).unwrap_or(node.line)
}

/// The last row of the day: of two rows the second is the one too many.
fn day_line(date: NaiveDate, file: &CalendarFile, node: &Node) -> Option<u64> {
    let off = file.off.iter().enumerate().map(|(i, day)| ("off", i, day));
    let work = file.work.iter().enumerate().map(|(i, day)| ("work", i, day));
    let row = off.chain(work).rfind(|(_, _, day)| day.date == date);
    row.map(|(key, i, _)| node.line_of_item(key, i))
}

/// Versions written twice.
pub(super) fn twins(seeds: &Seeds) -> Vec<SeedError> {
    let mut seen = BTreeSet::new();
    let again = seeds.calendars.iter().filter(|c| !seen.insert((c.record.name.as_str(), c.record.version)));
    again
        .map(|c| {
            c.error(format!("version {} of calendar `{}` is written twice", c.record.version, c.record.name))
        })
        .collect()
}
