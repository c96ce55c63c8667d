//! The read pages of a paper of one type, with the labels that were found and what stands beside and below them.

use super::labels::{Labels, Mark};
use super::lines::{Line, far_apart, lines};
use super::phrases::Phrase;
use super::pieces::{Piece, looks_like, pieces};
use super::reading::{PageText, Region, Word};
use super::types::{FieldRule, PaperReading};
use std::collections::BTreeSet;
use std::ops::Range;

/// A paper whose labels were looked for.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// Its lines in reading order.
    pub(super) lines: Vec<Line<'a>>,
    /// The labels on each line, from left to right.
    pub(super) marks: Vec<Vec<Mark>>,
    labels: Labels,
    kind: &'a PaperReading,
}

/// A label at its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    line: usize,
    /// The label.
    pub(super) mark: Mark,
    region: Region,
}

/// Edges that stand below each other differ by no more, in thousandths of the width.
const SLACK: u16 = 60;
/// Lines below a label among which its value is looked for.
const BELOW: usize = 3;

impl<'a> Sheet<'a> {
    /// Looks for the labels of a type on its pages.
    pub(super) fn of(kind: &'a PaperReading, pages: &'a [PageText]) -> Self {
        let (lines, labels) = (lines(pages), Labels::of(kind));
        let marks = lines.iter().map(|line| labels.on(line)).collect();
        Self { lines, marks, labels, kind }
    }

    /// Where a field's labels stand, those first that its rule names first, then in reading order.
    pub(super) fn places(&self, field: &FieldRule) -> Vec<Place> {
        let labels = self.labels.which(&field.labels);
        let all: Vec<Place> = labels.iter().flat_map(|label| self.of_label(*label)).collect();
        let first = self.first(&field.above);
        let mine = |place: &Place| {
            let before = first.is_none_or(|first| place.comes_before(&first));
            before && field.under.as_deref().is_none_or(|name| self.stands_under(place, name))
        };
        all.into_iter().filter(mine).collect()
    }

    /// The first place of the labels of these fields and headings.
    pub(super) fn first(&self, names: &[String]) -> Option<Place> {
        let labels = names.iter().flat_map(|name| self.named(name));
        labels.flat_map(|label| self.of_label(label)).min_by_key(|place| (place.line, place.mark.start))
    }

    /// The labels of a field or heading.
    fn named(&self, name: &str) -> Vec<usize> {
        let fields = self.kind.fields.iter().filter(|field| field.name == name).map(|field| &field.labels);
        fields.chain(self.kind.headings.get(name)).flat_map(|labels| self.labels.which(labels)).collect()
    }

    fn of_label(&self, label: usize) -> impl Iterator<Item = Place> + '_ {
        let marks =
            self.marks.iter().enumerate().flat_map(|(n, marks)| marks.iter().map(move |mark| (n, *mark)));
        marks.filter(move |(_, mark)| mark.label == label).filter_map(|(line, mark)| {
            Some(Place { line, mark, region: self.lines.get(line)?.word_of(mark.start)?.region })
        })
    }

    /// Whether the last heading before a place, the nearest to its left where several stand side by side, is this one.
    fn stands_under(&self, place: &Place, name: &str) -> bool {
        let headings: BTreeSet<&str> =
            self.kind.fields.iter().filter_map(|field| field.under.as_deref()).collect();
        let labels = headings
            .into_iter()
            .flat_map(|name| self.named(name).into_iter().map(move |label| (label, name)));
        let all: Vec<(Place, &str)> =
            labels.flat_map(|(label, name)| self.of_label(label).map(move |place| (place, name))).collect();
        let before = || all.iter().filter(|(heading, _)| heading.comes_before(place));
        let Some(line) = before().map(|(heading, _)| heading.line).max() else { return false };
        let side_by_side = || before().filter(|(heading, _)| heading.line == line);
        let left = |heading: &Place| heading.region.left;
        let covers = |heading: &Place| left(heading) <= place.region.left.saturating_add(SLACK);
        let nearest =
            side_by_side().filter(|(heading, _)| covers(heading)).max_by_key(|(heading, _)| left(heading));
        let nearest = nearest.or_else(|| side_by_side().min_by_key(|(heading, _)| left(heading)));
        nearest.is_some_and(|(_, heading)| *heading == name)
    }

    /// What stands behind a label on its line.
    pub(super) fn beside(&self, place: &Place) -> Vec<Piece<'a>> {
        let Some(line) = self.lines.get(place.line) else { return Vec::new() };
        pieces(line, place.mark.end..self.next(place.line, place.mark.end))
    }

    /// What stands below a label in its column, and the line that it stands on.
    pub(super) fn below(&self, place: &Place) -> Option<(usize, Vec<Piece<'a>>)> {
        let last = place.line + BELOW;
        for n in place.line + 1..=last {
            match self.in_column(n, place, place.region, 3)? {
                found if found.is_empty() => {}
                found => return Some((n, found)),
            }
        }
        None
    }

    /// How a value that ended on a line goes on below it.
    pub(super) fn continued(&self, line: usize, place: &Place) -> Option<Vec<Piece<'a>>> {
        let above = self.lines.get(line)?.words.first()?.region;
        let next = self.lines.get(line + 1)?;
        if ends_the_text(next) || self.is_shaped(next) {
            return None;
        }
        self.in_column(line + 1, place, above, 2).filter(|found| !found.is_empty())
    }

    /// Whether a line is a value that needs no label.
    fn is_shaped(&self, line: &Line<'_>) -> bool {
        let read: String = line.runs.iter().map(|run| run.raw.as_str()).collect();
        let mut shapes = self.kind.fields.iter().flat_map(|field| &field.shapes);
        shapes.any(|shape| looks_like(&read, shape))
    }

    /// The line of a place.
    pub(super) fn line_of(place: &Place) -> usize {
        place.line
    }

    /// Words of a line that stand in the column of a label; none where another label begins there, or where the line
    /// is further below than so many times its height.
    fn in_column(&self, n: usize, place: &Place, above: Region, heights: u16) -> Option<Vec<Piece<'a>>> {
        let line = self.lines.get(n)?;
        let column = self.column(place)?;
        let begins = |(at, word): &(usize, &&Word)| {
            let left = at.checked_sub(1).and_then(|left| line.words.get(left));
            column.contains(&word.region.left) && left.is_none_or(|left| far_apart(left, word))
        };
        let Some((word, _)) = line.words.iter().enumerate().find(begins) else { return Some(Vec::new()) };
        is_near(above, line.words.get(word)?.region, heights).then_some(())?;
        let Some(start) = line.runs.iter().position(|run| run.word >= word) else { return Some(Vec::new()) };
        let marks = self.marks.get(n)?;
        if marks.iter().any(|mark| (mark.start..mark.end).contains(&start)) {
            return None;
        }
        let from = self.labels.gloss_at(line, place.mark.label, start);
        Some(pieces(line, from..self.next(n, from)))
    }

    /// Where what stands below a label begins: nearer to it than to the labels beside it; below the first label of a
    /// line from the edge on.
    fn column(&self, place: &Place) -> Option<Range<u16>> {
        let line = self.lines.get(place.line)?;
        let marks = self.marks.get(place.line)?;
        let left = |mark: &Mark| line.word_of(mark.start).map(|word| word.region.left);
        let middle = |other: u16| place.region.left.midpoint(other);
        let before = marks.iter().rfind(|mark| mark.start < place.mark.start).and_then(left);
        let apart = line.column(place.mark.start) > 0;
        let before = before.or(line.words.first().filter(|_| apart).map(|word| word.region.left));
        let behind = marks.iter().find(|mark| mark.start >= place.mark.end).and_then(left);
        Some(before.map_or(0, middle)..behind.map_or(u16::MAX, middle))
    }

    /// The first run of the next label on a line or of its enumeration, or the end of the line.
    fn next(&self, n: usize, from: usize) -> usize {
        let Some(line) = self.lines.get(n) else { return from };
        let marks = self.marks.get(n).map(Vec::as_slice).unwrap_or_default();
        match marks.iter().map(|mark| mark.start).find(|start| *start >= from) {
            Some(start) if start > from && line.is_numbered(start) => start - 1,
            Some(start) => start,
            None => line.runs.len(),
        }
    }
}

impl Place {
    fn comes_before(&self, other: &Self) -> bool {
        (self.line, self.mark.start) < (other.line, other.mark.start)
    }
}

/// Whether a line is the one of place and day, or that of who signs: no value goes on there.
fn ends_the_text(line: &Line<'_>) -> bool {
    let signs = || SIGNING.iter().any(|words| Phrase::of(words).at(&line.runs, 0).is_some());
    (0..line.runs.len()).any(|start| line.day_at(start).is_some()) || signs()
}

/// First words of the lines at the foot of a paper.
const SIGNING: [&str; 9] =
    ["TM", "KT", "TL", "Chủ tịch", "Giám đốc", "Trưởng phòng", "Người ký", "Người thực hiện", "Nơi nhận"];

/// Whether a word stands below another on the same page, no more than so many heights further down.
fn is_near(above: Region, word: Region, heights: u16) -> bool {
    let bottom = above.top.saturating_add(above.height);
    let far = bottom.saturating_add(above.height.max(word.height).saturating_mul(heights));
    above.page == word.page && word.top >= above.top && word.top <= far
}
