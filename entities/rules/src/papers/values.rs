//! Values as they were read, made into what a field holds; what does not fit its kind is kept and doubted.

use super::types::FieldKind;
use crate::codes::PersonalId;
use chrono::NaiveDate;

/// A value and whether it is of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    /// As it is kept.
    pub(super) text: String,
    /// Whether it is of the kind that the field asks for.
    pub(super) fits: bool,
}

/// What was read, as a value of a kind.
pub(super) fn value(kind: FieldKind, read: &str) -> Value {
    let read = read.trim().trim_matches([':', '.', ',', ';', '_', '-', '|']).trim();
    match kind {
        FieldKind::Text => Value { text: read.into(), fits: !read.is_empty() },
        FieldKind::Name => name(read),
        FieldKind::Date => date(read),
        FieldKind::PersonalId => personal_id(read),
        FieldKind::Number => number(read),
    }
}

fn name(read: &str) -> Value {
    let fits = read.split_whitespace().count() >= 2
        && read.chars().all(|letter| letter.is_alphabetic() || letter == ' ' || letter == '\'');
    Value { text: read.into(), fits }
}

fn number(read: &str) -> Value {
    let text: String = read.chars().filter(|letter| !letter.is_whitespace()).collect();
    let fits = text.chars().any(|letter| letter.is_ascii_digit());
    Value { text, fits }
}

/// Machines take O for 0 and l for 1 among digits.
fn digit(letter: char) -> char {
    match letter {
        'O' | 'o' | 'Q' | 'D' => '0',
        'l' | 'I' | '|' | 'i' => '1',
        'S' => '5',
        'B' => '8',
        other => other,
    }
}

fn personal_id(read: &str) -> Value {
    let digits: String = read.chars().filter(|l| !l.is_whitespace() && *l != '.').map(digit).collect();
    let fits = PersonalId::parse(&digits).is_ok();
    Value { text: if fits { digits } else { read.into() }, fits }
}

/// `dd/mm/yyyy`, `dd-mm-yyyy`, `dd.mm.yyyy` or `ngày dd tháng mm năm yyyy`: three numbers in that order.
fn date(read: &str) -> Value {
    let numbers: Vec<u32> = numbers(read);
    let day = match numbers.as_slice() {
        [day, month, year, ..] => {
            i32::try_from(*year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, *month, *day))
        }
        _ => None,
    };
    match day.filter(|day| chrono::Datelike::year(day) >= 1900) {
        Some(day) => Value { text: day.to_string(), fits: true },
        None => Value { text: read.into(), fits: false },
    }
}

fn numbers(read: &str) -> Vec<u32> {
    let part = |letter: char| !digit(letter).is_ascii_digit();
    let words = read.split(part).filter(|word| word.chars().any(|letter| letter.is_ascii_digit()));
    words.filter_map(|word| word.chars().map(digit).collect::<String>().parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: FieldKind, read: &str) -> (String, bool) {
        let Value { text, fits } = value(kind, read);
        (text, fits)
    }

    #[test]
    fn a_day_is_known_however_it_is_written() {
        for read in [
            "05/09/2024",
            ": 5-9-2024.",
            "05.09.2024",
            "ngày 05 tháng 9 năm 2024",
            "O5/09/2024",
            "Ngày 5 tháng 09 năm 2024 tại Hà Giang",
        ] {
            assert_eq!(of(FieldKind::Date, read), ("2024-09-05".into(), true), "{read}");
        }
        for read in ["31/02/2024", "05/2024", "", "ngày tháng năm"] {
            assert!(!of(FieldKind::Date, read).1, "{read}");
        }
    }

    #[test]
    fn a_personal_id_is_twelve_digits_of_a_known_place() {
        assert_eq!(of(FieldKind::PersonalId, "001 085 0O1 234"), ("001085001234".into(), true));
        assert!(!of(FieldKind::PersonalId, "00108500123").1);
    }

    #[test]
    fn a_name_has_letters_and_a_number_has_no_blanks() {
        assert_eq!(of(FieldKind::Name, ": NGUYỄN THỊ HÒA"), ("NGUYỄN THỊ HÒA".into(), true));
        assert!(!of(FieldKind::Name, "NGUYEN 7HI").1);
        assert_eq!(of(FieldKind::Number, "123 / 2024/TLKS-BS"), ("123/2024/TLKS-BS".into(), true));
    }
}
