//! Words of people as they can be printed: composed letters, nothing invisible, nothing that runs off the page.

use crate::fonts;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Stands for a letter that the fonts cannot draw; PDF/A forbids an empty glyph.
const UNKNOWN: char = '\u{25A1}';
/// A place where a line may break and nothing is seen.
const BREAK: char = '\u{200B}';
/// Longest run of letters that is left whole; longer ones would run off a column.
const LONGEST_RUN: usize = 24;

/// Cleans every text of the data.
pub(crate) fn clean(data: &mut Value) {
    match data {
        Value::String(text) => *text = cleaned(text),
        Value::Array(items) => items.iter_mut().for_each(clean),
        Value::Object(members) => members.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// One text, cleaned.
pub(crate) fn cleaned(text: &str) -> String {
    let (mut out, mut run) = (String::with_capacity(text.len()), 0);
    for letter in text.replace("\r\n", "\n").nfc() {
        let letter = match letter {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => '\n',
            letter if letter.is_whitespace() => ' ',
            letter if is_unseen(letter) => continue,
            letter if fonts::draws(letter) => letter,
            _ => UNKNOWN,
        };
        run = if letter.is_whitespace() { 0 } else { run + 1 };
        if run > LONGEST_RUN {
            out.push(BREAK);
            run = 1;
        }
        out.push(letter);
    }
    out
}

/// Controls, marks of direction and other letters without a picture.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_composed_and_what_cannot_be_drawn_becomes_a_box() {
        assert_eq!(cleaned("Nguye\u{302}\u{303}n Va\u{306}n A"), "Nguyễn Văn A");
        assert_eq!(cleaned("漢 😀"), "□ □");
        assert_eq!(cleaned("a\u{202E}b\u{0}c\r\nd\te"), "abc\nd e");
    }

    #[test]
    fn a_run_of_letters_may_break_and_a_code_may_not() {
        assert_eq!(cleaned("H55.101-260310-0001"), "H55.101-260310-0001");
        let long = cleaned(&"A".repeat(100));
        assert_eq!(long.chars().filter(|c| *c == BREAK).count(), 4);
        assert_eq!(long.replace(BREAK, ""), "A".repeat(100));
    }
}
