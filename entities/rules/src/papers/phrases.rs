//! Printed words looked for in what was read, where letters may be misread, accents lost and words joined or split.

use super::lines::Run;
use crate::folding::fold;

/// Words that are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    words: Vec<String>,
    raw: String,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
}

/// Where a phrase was found, and how well it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    /// The run behind it.
    pub(super) end: usize,
    /// Letters that were misread.
    pub(super) misread: usize,
    /// Whether all accents were read.
    pub(super) accented: bool,
}

impl Phrase {
    /// The words of a printed text.
    pub(super) fn of(text: &str) -> Self {
        let parts: Vec<&str> =
            text.split(|l: char| !l.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let capital = parts.first().and_then(|part| part.chars().next()).is_some_and(char::is_uppercase);
        Self {
            words: parts.iter().map(|part| fold(part)).collect(),
            raw: parts.concat().to_lowercase(),
            capital,
        }
    }

    /// Letters and blanks of it.
    pub(super) fn length(&self) -> usize {
        self.words.iter().map(|word| word.chars().count() + 1).sum::<usize>().saturating_sub(1)
    }

    /// How many words it has.
    pub(super) fn count(&self) -> usize {
        self.words.len()
    }

    /// Whether it stands at a run: a letter in eight misread at most, or a blank lost or found.
    pub(super) fn at(&self, runs: &[Run], start: usize) -> Option<Seen> {
        let count = self.words.len();
        if count == 0 {
            return None;
        }
        let seen = |length: usize, misread: usize| {
            let window = runs.get(start..start + length)?;
            if window.iter().rev().skip(1).any(|run| ends_words(&run.then)) {
                return None;
            }
            let read: String = window.iter().map(|run| run.raw.to_lowercase()).collect();
            Some(Seen { end: start + length, misread, accented: misread > 0 || read == self.raw })
        };
        if let Some(misread) = self.misread(runs.get(start..start + count).unwrap_or_default()) {
            return seen(count, misread);
        }
        let cut_otherwise = [count.saturating_sub(1), count + 1];
        let found = cut_otherwise.into_iter().find(|length| self.joined(runs.get(start..start + length)));
        found.and_then(|length| seen(length, 1))
    }

    /// Letters misread in a window of as many words; none when they are too many for it to be this phrase.
    fn misread(&self, window: &[Run]) -> Option<usize> {
        if window.len() != self.words.len() {
            return None;
        }
        let mut all = 0;
        for (run, word) in window.iter().zip(&self.words) {
            all += misread(&run.folded, word)?;
        }
        (all <= self.length() / 8).then_some(all)
    }

    /// The same letters, with a blank more or less between them.
    fn joined(&self, window: Option<&[Run]>) -> bool {
        let Some(window) = window.filter(|window| !window.is_empty()) else { return false };
        let read: String = window.iter().map(|run| run.folded.as_str()).collect();
        self.words.len() > 1 && self.length() >= 5 && read == self.words.concat()
    }
}

/// A colon or leaders end what is printed: words before and behind them are not one phrase.
pub(super) fn ends_words(marks: &str) -> bool {
    marks.contains(':') || marks.contains('…') || marks.contains("...") || marks.contains("__")
}

/// Letters misread in one word; short words differ from others by a letter, so only signs that look alike pass there.
fn misread(read: &str, word: &str) -> Option<usize> {
    if read == word {
        return Some(0);
    }
    let length = word.chars().count();
    if length <= 3 {
        let letters: String = read.chars().map(letter).collect();
        return (length > 1 && letters == word).then_some(1);
    }
    if read.chars().count().abs_diff(length) > length / 4 {
        return None;
    }
    Some(distance(read, word)).filter(|distance| *distance <= length / 4)
}

/// The letter that a digit is taken for.
fn letter(read: char) -> char {
    match read {
        '0' => 'o',
        '1' => 'l',
        '5' => 's',
        '8' => 'b',
        other => other,
    }
}

/// Letters to change, add or leave out (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (n, letter) in left.chars().enumerate() {
        let mut diagonal = n;
        let mut before = n + 1;
        for (place, other) in row.iter_mut().skip(1).zip(&right) {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = *place;
            before = changed.min(before + 1).min(diagonal + 1);
            *place = before;
        }
        if let Some(first) = row.first_mut() {
            *first = n + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
