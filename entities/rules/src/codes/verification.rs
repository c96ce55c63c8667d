//! The code under which anybody may check an issued result: 95 bits nobody guesses, and a sign for typing errors.

use super::Malformed;

/// Crockford's letters: no I, L, O or U; 32 of them, so that no byte is favoured.
const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters without the check letter.
const DRAWN: usize = 19;

/// Letters of a group, as it is printed.
const GROUP: usize = 4;

/// Characters that are read at all; a longer text is none of ours.
const LONGEST: usize = 60;

/// A new code from as many random bytes: nineteen letters and a check letter.
pub fn verification_code(random: [u8; DRAWN]) -> String {
    let letters: Vec<u8> = random.into_iter().map(|byte| byte % 32).collect();
    let check = timed(folded(&letters));
    letters.into_iter().chain([check]).filter_map(letter).collect()
}

/// The code that a person typed: in any case, with blanks and dashes, O for 0, I or L for 1.
///
/// Fails when it is no code, or as a wrong check letter for any one letter mistaken and any two exchanged.
pub fn verification_code_as_typed(text: &str) -> Result<String, Malformed> {
    if text.chars().count() > LONGEST {
        return Err(Malformed::TooLong(LONGEST));
    }
    let kept: String =
        text.chars().filter(|c| !c.is_whitespace() && !"-–.".contains(*c)).map(meant).collect();
    if kept.is_empty() {
        return Err(Malformed::Empty);
    }
    let values: Option<Vec<u8>> = kept.chars().map(value).collect();
    let values = values.filter(|values| values.len() == DRAWN + 1);
    match folded(&values.ok_or(Malformed::Shape(EXAMPLE))?) {
        0 => Ok(kept),
        _ => Err(Malformed::CheckDigit),
    }
}

/// As it is printed and said: five groups of four letters.
pub fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(GROUP).map(String::from_iter).collect::<Vec<_>>().join("-")
}

const EXAMPLE: &str = "7K3M-9QXA-40TZ-C2WB-DN8Q";

fn meant(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

fn letter(value: u8) -> Option<char> {
    ALPHABET.chars().nth(value.into())
}

fn value(letter: char) -> Option<u8> {
    ALPHABET.chars().position(|known| known == letter)?.try_into().ok()
}

/// The letters as a polynomial over the field of 32 elements, at its generator: every place weighs otherwise, so no
/// single mistake and no exchange leaves it as it was.
fn folded(letters: &[u8]) -> u8 {
    letters.iter().fold(0, |sum, letter| timed(sum) ^ letter)
}

/// Times the generator, modulo x⁵ + x² + 1.
fn timed(element: u8) -> u8 {
    let doubled = element << 1;
    if doubled & 32 == 0 { doubled } else { doubled ^ 0b10_0101 }
}
