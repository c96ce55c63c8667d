//! Lines of a read page cut into runs of letters and digits, so that what is printed is found however it was cut into words.

use super::reading::{PageText, Word};
use crate::folding::fold;

/// One line as it was read.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Its words from left to right.
    pub(super) words: Vec<&'a Word>,
    /// Letters and digits of its words, cut at every other mark.
    pub(super) runs: Vec<Run>,
}

/// Letters and digits that follow each other.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// As it was read.
    pub(super) raw: String,
    /// Folded.
    pub(super) folded: String,
    /// Index of its word in the line.
    pub(super) word: usize,
    /// Its first letter, counted in letters of the word.
    pub(super) from: usize,
    /// The marks between it and the next run, or the end of the line.
    pub(super) then: String,
}

/// The lines of pages, in reading order.
pub(super) fn lines<'a>(pages: impl IntoIterator<Item = &'a PageText>) -> Vec<Line<'a>> {
    pages.into_iter().flat_map(lines_of).collect()
}

fn lines_of(page: &PageText) -> Vec<Line<'_>> {
    let mut lines: Vec<Vec<&Word>> = Vec::new();
    for word in &page.words {
        match lines.last_mut() {
            Some(line) if line.last().is_some_and(|last| last.line == word.line) => line.push(word),
            _ => lines.push(vec![word]),
        }
    }
    lines.into_iter().map(|words| Line { runs: runs(&words), words }).collect()
}

fn runs(words: &[&Word]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (word, read) in words.iter().enumerate() {
        let mut inside = false;
        for (from, letter) in read.text.chars().enumerate() {
            match runs.last_mut() {
                Some(run) if letter.is_alphanumeric() && inside => run.raw.push(letter),
                _ if letter.is_alphanumeric() => {
                    let (raw, folded, then) = (letter.to_string(), String::new(), String::new());
                    runs.push(Run { raw, folded, word, from, then });
                }
                Some(run) => run.then.push(letter),
                None => {}
            }
            inside = letter.is_alphanumeric();
        }
    }
    runs.iter_mut().for_each(|run| run.folded = fold(&run.raw));
    runs
}

/// Words further apart than this, in thousandths of the page's width, stand in different columns.
pub(super) const WIDE: u16 = 30;

/// Whether two words of a line, the left one first, stand in different columns.
pub(super) fn far_apart(left: &Word, right: &Word) -> bool {
    right.region.left.saturating_sub(left.region.left.saturating_add(left.region.width)) > WIDE
}

impl Line<'_> {
    /// The word that a run stands in.
    pub(super) fn word_of(&self, run: usize) -> Option<&Word> {
        self.words.get(self.runs.get(run)?.word).copied()
    }

    /// Whether nothing but an enumeration such as `1.`, `a)` or specks stands before a run, in its column.
    pub(super) fn begins(&self, run: usize) -> bool {
        self.runs.get(self.column(run)..run).unwrap_or_default().iter().all(is_enumeration)
    }

    /// The run behind `ngày … tháng … năm …` where it stands behind a place and a comma, or alone, and ends its column.
    pub(super) fn day_at(&self, start: usize) -> Option<usize> {
        let mut at = start;
        for (word, gloss) in [("ngay", "date"), ("thang", "month"), ("nam", "year")] {
            at = (self.runs.get(at)?.folded == word).then_some(at + 1)?;
            at += usize::from(self.runs.get(at)?.folded == gloss);
            let number = self.runs.get(at)?.raw.chars().any(|letter| letter.is_ascii_digit());
            at = number.then_some(at + 1)?;
        }
        let ended = self.runs.len() == at || self.column(at) == at;
        let before = start.checked_sub(1).and_then(|before| self.runs.get(before));
        let placed = self.column(start) == start || before.is_some_and(|run| run.then.contains(','));
        (ended && placed).then_some(at)
    }

    /// Whether an enumeration such as `2.` or `b)` stands right before a run.
    pub(super) fn is_numbered(&self, run: usize) -> bool {
        let before = run.checked_sub(1).and_then(|before| self.runs.get(before));
        before.is_some_and(|before| is_enumeration(before) && before.then.starts_with(['.', ')']))
    }

    /// The first run of the column that a run stands in.
    pub(super) fn column(&self, run: usize) -> usize {
        let wide = |at: &usize| match (self.word_of(at - 1), self.word_of(*at)) {
            (Some(left), Some(right)) => far_apart(left, right),
            _ => false,
        };
        (1..=run).rev().find(wide).unwrap_or(0)
    }
}

fn is_enumeration(run: &Run) -> bool {
    let short =
        run.raw.chars().count() == 1 || run.raw.chars().all(|l| l.is_ascii_digit() || "IVX".contains(l));
    short && run.raw.chars().count() <= 3
}
