//! Liberation Serif 2, which has the measures of Times New Roman and every Vietnamese letter; carried by the program.

use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

const FACES: [&[u8]; 4] = [
    include_bytes!(concat!(env!("OUT_DIR"), "/LiberationSerif-Regular.ttf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/LiberationSerif-Bold.ttf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/LiberationSerif-Italic.ttf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/LiberationSerif-BoldItalic.ttf")),
];

/// The faces in the order of the book.
pub(crate) static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| FACES.iter().flat_map(|face| Font::iter(Bytes::new(*face))).collect());

/// What typst knows of them.
pub(crate) static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// Every face can draw the letter.
pub(crate) fn draws(letter: char) -> bool {
    FONTS.iter().all(|font| font.info().coverage.contains(u32::from(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_and_sign_of_a_form_can_be_drawn() {
        let bare = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz";
        let tones = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"];
        let composed = bare.chars().flat_map(|letter| {
            tones
                .iter()
                .filter(move |_| "aăâeêioôơuưy".contains(letter))
                .map(move |tone| format!("{letter}{tone}"))
        });
        let mut walked = 0;
        for text in composed.chain(bare.chars().map(String::from)) {
            for text in [text.clone(), text.to_uppercase()] {
                let letters = unicode_normalization::UnicodeNormalization::nfc(text.as_str());
                for letter in letters {
                    walked += 1;
                    assert!(draws(letter), "{letter} (U+{:04X})", u32::from(letter));
                }
            }
        }
        for sign in "0123456789₫…–—-/.,:;()“”‘’%&@#+=§×½\u{25A1}".chars() {
            assert!(draws(sign), "{sign}");
        }
        assert!(walked >= 2 * (12 * 6 + 33), "{walked} letters only");
    }
}
