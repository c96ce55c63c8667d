//! Printed labels on the lines of a paper: where each stands, and how sure it is that it is this one.

use super::lines::Line;
use super::phrases::{Phrase, Seen, ends_words};
use super::types::PaperReading;
use std::collections::BTreeMap;

/// The labels of a type, each once.
#[derive(Debug)]
pub(super) struct Labels {
    all: Vec<Label>,
    by_text: BTreeMap<String, usize>,
}

#[derive(Debug)]
struct Label {
    phrase: Phrase,
    colon: bool,
    glosses: Vec<Phrase>,
}

/// A label where it stands on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Which label.
    pub(super) label: usize,
    /// Its first run.
    pub(super) start: usize,
    /// The run behind it and its gloss.
    pub(super) end: usize,
    /// A value beside it is never surer than this.
    pub(super) cap: u8,
    /// The run behind the label itself.
    behind: usize,
    words: usize,
    misread: usize,
}

impl Labels {
    /// All labels of a type: those of its fields, and those that only end a value.
    pub(super) fn of(kind: &PaperReading) -> Self {
        let mut labels = Self { all: Vec::new(), by_text: BTreeMap::new() };
        for field in &kind.fields {
            let glosses: Vec<Phrase> = field.gloss.iter().map(|gloss| Phrase::of(gloss)).collect();
            field.labels.iter().for_each(|label| labels.add(label, &glosses));
        }
        let others = kind.headings.values().flatten().chain(&kind.stops);
        others.for_each(|label| labels.add(label, &[]));
        labels
    }

    fn add(&mut self, label: &str, glosses: &[Phrase]) {
        let phrase = Phrase::of(label);
        let known = self.all.iter().position(|known| known.phrase == phrase).unwrap_or(self.all.len());
        self.by_text.insert(label.to_owned(), known);
        match self.all.get_mut(known) {
            Some(known) => known.glosses.extend_from_slice(glosses),
            None => self.all.push(Label { phrase, colon: label.ends_with(':'), glosses: glosses.to_vec() }),
        }
    }

    /// Which labels these are, in their order.
    pub(super) fn which(&self, labels: &[String]) -> Vec<usize> {
        labels.iter().filter_map(|label| self.by_text.get(label).copied()).collect()
    }

    /// The marks of a line from left to right; of two in one place the longer counts, then the better read.
    pub(super) fn on(&self, line: &Line<'_>) -> Vec<Mark> {
        let mut found: Vec<Mark> = (0..line.runs.len()).flat_map(|start| self.at(line, start)).collect();
        found.sort_by_key(|mark| (usize::MAX - mark.words, mark.misread, mark.start));
        let mut kept: Vec<Mark> = Vec::new();
        for mark in found {
            if kept.iter().all(|other| mark.end <= other.start || other.end <= mark.start) {
                kept.push(mark);
            }
        }
        kept.sort_by_key(|mark| mark.start);
        kept
    }

    fn at<'l>(&'l self, line: &'l Line<'_>, start: usize) -> impl Iterator<Item = Mark> + 'l {
        self.all.iter().enumerate().filter_map(move |(n, label)| {
            let seen = label.phrase.at(&line.runs, start)?;
            let end = behind_gloss(line, seen.end, &label.glosses);
            let (words, behind, misread) = (label.phrase.count(), seen.end, seen.misread);
            let mark = Mark { label: n, start, end, cap: cap(seen), behind, words, misread };
            stands_as_label(line, label, mark).then_some(mark)
        })
    }

    /// Runs at the beginning of a line that say a label again in another language.
    pub(super) fn gloss_at(&self, line: &Line<'_>, label: usize, start: usize) -> usize {
        let glosses = self.all.get(label).map(|label| label.glosses.as_slice()).unwrap_or_default();
        longest(line, start, glosses)
    }
}

/// A label that was read with other letters may be another label; lost accents say little.
fn cap(seen: Seen) -> u8 {
    match (seen.misread, seen.accented) {
        (0, true) => 100,
        (0, false) => 95,
        (1, _) => 75,
        _ => 60,
    }
}

fn longest(line: &Line<'_>, start: usize, glosses: &[Phrase]) -> usize {
    glosses.iter().filter_map(|gloss| Some(gloss.at(&line.runs, start)?.end)).max().unwrap_or(start)
}

/// Runs that a gloss takes at most where its words are not described.
const GLOSS: usize = 6;

/// The run behind the words of another language, where some follow; unknown ones end at a colon.
fn behind_gloss(line: &Line<'_>, end: usize, glosses: &[Phrase]) -> usize {
    let known = longest(line, end, glosses);
    let divided =
        end.checked_sub(1).and_then(|last| line.runs.get(last)).is_some_and(|run| divides(&run.then));
    if known > end || !divided {
        return known;
    }
    let next = line.runs.iter().enumerate().skip(end).take(GLOSS);
    let mut plain = next.take_while(|(_, run)| run.raw.chars().all(|letter| letter.is_ascii_alphabetic()));
    plain.find(|(_, run)| run.then.contains(':')).map_or(end, |(last, _)| last + 1)
}

fn divides(marks: &str) -> bool {
    marks.contains('/') || marks.contains('(')
}

/// Whether words are the label and not part of a sentence: a colon or leaders follow, or it begins a line or column, or
/// it is long enough to be nothing else. The first letter is as large as that of the label.
fn stands_as_label(line: &Line<'_>, label: &Label, mark: Mark) -> bool {
    let behind = |run: usize| line.runs.get(run).map(|run| run.then.as_str()).unwrap_or_default();
    let ended = [mark.behind, mark.end].into_iter().any(|end| ends_words(behind(end.saturating_sub(1))));
    let first = line.runs.get(mark.start).and_then(|run| run.raw.chars().next());
    let as_large =
        first.is_some_and(|letter| letter.is_uppercase() == label.phrase.capital || letter.is_numeric());
    ended || (as_large && !label.colon && (line.begins(mark.start) || label.phrase.count() > 1))
}
