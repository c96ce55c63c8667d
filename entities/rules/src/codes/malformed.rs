//! Why a text is not the code it should be.

use crate::lang::Lang;

/// What is wrong with a code, and what a right one looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Nothing was given.
    #[error("the code is empty")]
    Empty,
    /// More characters than any system sends.
    #[error("the code is longer than {0} characters")]
    TooLong(usize),
    /// Other characters or groups than the rule wants; holds a well-formed example.
    #[error("the code is not written like {0}")]
    Shape(&'static str),
    /// The last digit does not follow from the others: a typing mistake.
    #[error("the check digit is wrong")]
    CheckDigit,
}

impl Malformed {
    /// The problem as a sentence for the person who typed the code.
    pub fn words(self, lang: Lang) -> String {
        let vi = match self {
            Self::Empty => "Chưa nhập mã.".to_owned(),
            Self::TooLong(most) => format!("Mã dài quá {most} ký tự."),
            Self::Shape(example) => format!("Mã không đúng dạng; ví dụ đúng: {example}."),
            Self::CheckDigit => "Chữ số kiểm tra không đúng, có thể đã gõ nhầm.".to_owned(),
        };
        let en = match self {
            Self::Empty => "No code was given.".to_owned(),
            Self::TooLong(most) => format!("The code is longer than {most} characters."),
            Self::Shape(example) => format!("The code is not well formed; a right one looks like {example}."),
            Self::CheckDigit => "The check digit is wrong; a digit may be mistyped.".to_owned(),
        };
        lang.pick(vi, en)
    }
}

/// Whether a text is exactly `n` ASCII digits.
pub(super) fn digits(text: &str, n: usize) -> bool {
    text.len() == n && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text is made of `0-9` and `A-Z` only, and not empty.
pub(super) fn capitals(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}
