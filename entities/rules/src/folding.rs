//! Vietnamese text made comparable: without accents, without đ, in lower case.

use unicode_normalization::UnicodeNormalization;

/// Text as it is searched and compared: lower case, no accents, `đ` as `d`, single spaces, trimmed.
///
/// Composed (NFC), decomposed (NFD) and half-composed letters (ê followed by a tone mark, as Windows-1258
/// wrote them), the deprecated tone marks, full-width letters, and Ð or ð standing for Đ fold alike.
/// Letters of other scripts are kept.
pub fn fold(text: &str) -> String {
    let lower: String = bare(text).flat_map(char::to_lowercase).collect();
    single_spaced(&lower)
}

/// Text without accents in plain ASCII, upper and lower case kept, single spaces; what cannot be written
/// so is left out. For wires and codes that know no Vietnamese.
pub fn unaccented(text: &str) -> String {
    let ascii: String =
        bare(text).filter(|c| c.is_ascii() && (!c.is_ascii_control() || c.is_ascii_whitespace())).collect();
    single_spaced(&ascii)
}

/// Base letters: decomposed for compatibility, then stripped of marks and invisible characters.
fn bare(text: &str) -> impl Iterator<Item = char> {
    text.nfkd().filter(|c| !is_mark(*c) && !is_invisible(*c)).map(|c| match c {
        'đ' | 'ð' | 'ɖ' => 'd',
        'Đ' | 'Ð' | 'Ɖ' => 'D',
        other => other,
    })
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

/// Soft hyphen, zero-width spaces and joiners, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
