//! The words behind a label, without the dots and lines that fill a form up.

use super::lines::{Line, far_apart};
use super::reading::{Region, Word};
use super::types::FieldKind;
use super::values::{Value, value};
use std::ops::Range;

/// A word, or the part of it that does not belong to a label.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    text: String,
    word: &'a Word,
}

/// A value made of pieces.
#[derive(Debug, Clone)]
pub(super) struct Made {
    /// As it is kept.
    pub(super) text: String,
    /// Whether it is of its kind.
    pub(super) fits: bool,
    /// How sure its least sure word is, and no surer than what was guessed.
    pub(super) sure: u8,
    /// Where its words stand.
    pub(super) region: Region,
}

/// A value that was guessed in part is never surer than this.
const GUESSED: u8 = 75;

/// The pieces of some runs of a line, up to the first wide gap.
pub(super) fn pieces<'a>(line: &Line<'a>, runs: Range<usize>) -> Vec<Piece<'a>> {
    let Some(first) = line.runs.get(runs.start) else { return Vec::new() };
    let shared =
        runs.start.checked_sub(1).and_then(|last| line.runs.get(last)).is_some_and(|r| r.word == first.word);
    let next = line.runs.get(runs.end);
    let words = line.words.iter().enumerate().skip(first.word);
    let words = words.take_while(|(at, _)| next.is_none_or(|next| *at <= next.word));
    let all = words.filter_map(|(at, word)| {
        let from = if shared && at == first.word { first.from } else { 0 };
        let until = next.filter(|next| next.word == at).map_or(usize::MAX, |next| next.from);
        piece(word, from, until)
    });
    in_one_column(all)
}

fn piece(word: &Word, from: usize, until: usize) -> Option<Piece<'_>> {
    let text: String = word.text.chars().skip(from).take(until.saturating_sub(from)).collect();
    let text = text.trim_start_matches(is_leader).trim_end_matches("..").trim_end_matches(['…', '_']);
    (!text.is_empty()).then(|| Piece { text: text.to_owned(), word })
}

/// Dots, lines and specks that fill a form up.
fn is_leader(letter: char) -> bool {
    matches!(letter, '.' | '…' | '_' | '·' | ':' | '|' | ',' | '~')
}

fn in_one_column<'a>(all: impl Iterator<Item = Piece<'a>>) -> Vec<Piece<'a>> {
    let mut kept: Vec<Piece<'a>> = Vec::new();
    for piece in all {
        if kept.last().is_some_and(|last| far_apart(last.word, piece.word)) {
            break;
        }
        kept.push(piece);
    }
    kept
}

impl Piece<'_> {
    /// Its text without the marks around it.
    pub(super) fn core(&self) -> &str {
        self.text.trim_matches(|letter: char| !letter.is_alphanumeric())
    }
}

/// The value of a kind that pieces make; none where they say nothing.
pub(super) fn made(kind: FieldKind, pieces: &[Piece<'_>]) -> Option<Made> {
    let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let Value { text, fits, guessed, words } = value(kind, &texts);
    if !text.chars().any(char::is_alphanumeric) {
        return None;
    }
    let taken = pieces.get(words)?;
    let region = taken.iter().map(|piece| piece.word.region).reduce(Region::around)?;
    let sure = taken.iter().map(|piece| piece.word.confidence).min()?.min(100);
    Some(Made { text, fits, sure: if guessed { sure.min(GUESSED) } else { sure }, region })
}

/// Whether letters and digits are as a shape says: `A` a capital letter, `9` a digit; blanks do not count.
pub(super) fn looks_like(read: &str, shape: &str) -> bool {
    let shape = || shape.chars().filter(|wanted| *wanted != ' ');
    let fits = |(letter, wanted): (char, char)| match wanted {
        'A' => letter.is_ascii_uppercase(),
        '9' => letter.is_ascii_digit(),
        other => letter == other,
    };
    read.chars().count() == shape().count() && read.chars().zip(shape()).all(fits)
}
