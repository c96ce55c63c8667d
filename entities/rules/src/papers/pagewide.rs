//! What is found without a label: the day in the line of place and day, and values by what they look like.

use super::lines::Line;
use super::pieces::{Made, Piece, looks_like, made, pieces};
use super::sheet::Sheet;
use super::types::FieldRule;

/// A day found in the line of place and day is never surer than this.
const DATED: u8 = 85;
/// Where several such lines tell different days, a person looks.
const DATED_TWICE: u8 = 60;
/// A value that was known by its look alone is never surer than this.
const SHAPED: u8 = 75;

/// The day of the last line of place and day.
pub(super) fn dated(field: &FieldRule, sheet: &Sheet<'_>) -> Option<Made> {
    let all: Vec<Made> = sheet
        .lines
        .iter()
        .zip(&sheet.marks)
        .flat_map(|(line, marks)| {
            let free = |start: usize| {
                !marks.iter().any(|mark| mark.start <= start && line.column(start) <= mark.start)
            };
            let starts = (0..line.runs.len()).filter(move |start| free(*start));
            starts.filter_map(|start| made(field.kind, &pieces(line, start..line.day_at(start)?)))
        })
        .filter(|day| day.fits)
        .collect();
    let last = all.last()?.clone();
    let cap = if all.iter().all(|day| day.text == last.text) { DATED } else { DATED_TWICE };
    Some(Made { sure: last.sure.min(cap), ..last })
}

/// The only value on the paper that looks as the rule says.
pub(super) fn shaped(field: &FieldRule, sheet: &Sheet<'_>) -> Option<Made> {
    let shapes = field.shapes.iter().map(|shape| (shape.split(' ').count(), shape.as_str()));
    let shapes: Vec<(usize, &str)> = shapes.collect();
    let mut all: Vec<Made> = Vec::new();
    for line in &sheet.lines {
        let found = pieces_of(line);
        for (words, shape) in &shapes {
            for window in (1..=*words).flat_map(|length| found.windows(length)) {
                let read: String = window.iter().map(Piece::core).collect();
                all.extend(looks_like(&read, shape).then(|| made(field.kind, window)).flatten());
            }
        }
    }
    let first = all.first()?.clone();
    let only = all.iter().all(|one| one.text == first.text);
    only.then(|| Made { sure: first.sure.min(SHAPED), ..first })
}

/// Every word of a line, columns or not.
fn pieces_of<'a>(line: &Line<'a>) -> Vec<Piece<'a>> {
    let starts = (0..line.runs.len()).filter(|start| line.column(*start) == *start);
    starts.flat_map(|start| pieces(line, start..line.runs.len())).collect()
}
