//! What a machine read on a page: words, how sure it is of each, and where they stand.

use serde::{Deserialize, Serialize};

/// A rectangle on a page, in thousandths of the page's width and height, so that it holds at any resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Page, from 1.
    pub page: u16,
    /// Left edge.
    pub left: u16,
    /// Top edge.
    pub top: u16,
    /// Width.
    pub width: u16,
    /// Height.
    pub height: u16,
}

impl Region {
    /// The smallest rectangle around both, on the page of the first.
    pub fn around(self, other: Self) -> Self {
        let (left, top) = (self.left.min(other.left), self.top.min(other.top));
        let right = self.left.saturating_add(self.width).max(other.left.saturating_add(other.width));
        let bottom = self.top.saturating_add(self.height).max(other.top.saturating_add(other.height));
        Self {
            page: self.page,
            left,
            top,
            width: right.saturating_sub(left),
            height: bottom.saturating_sub(top),
        }
    }
}

/// One word as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// The word, in Unicode NFC.
    pub text: String,
    /// How sure the reader is, 0 to 100.
    pub confidence: u8,
    /// Where it stands.
    pub region: Region,
    /// Line on the page, from 0, top to bottom; words of one line follow each other from left to right.
    pub line: u16,
}

/// What was read on one page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageText {
    /// Words in reading order.
    pub words: Vec<Word>,
}

impl PageText {
    /// The text as lines; words of a line a space apart.
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<(u16, String)> = Vec::new();
        for word in &self.words {
            match lines.last_mut() {
                Some((line, text)) if *line == word.line => {
                    text.push(' ');
                    text.push_str(&word.text);
                }
                _ => lines.push((word.line, word.text.clone())),
            }
        }
        lines.into_iter().map(|(_, text)| text).collect()
    }

    /// Mean of how sure the reader is, weighted by the length of the words; 0 for an empty page.
    pub fn confidence(&self) -> u8 {
        let length = |word: &Word| u64::try_from(word.text.chars().count()).unwrap_or(0);
        let all: u64 = self.words.iter().map(length).sum();
        let sure: u64 = self.words.iter().map(|word| length(word) * u64::from(word.confidence)).sum();
        sure.checked_div(all).and_then(|mean| u8::try_from(mean).ok()).unwrap_or(0)
    }
}
