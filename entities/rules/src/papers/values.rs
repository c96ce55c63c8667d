//! Values as they were read, made into what a field holds; what does not fit its kind is kept and doubted.

use super::types::FieldKind;
use crate::codes::PersonalId;
use crate::folding::fold;
use chrono::NaiveDate;
use std::ops::Range;

/// A value and how far it is of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    /// As it is kept.
    pub(super) text: String,
    /// Whether it is of the kind that the field asks for.
    pub(super) fits: bool,
    /// Whether letters were taken for digits, or words before a day left out, to make it fit.
    pub(super) guessed: bool,
    /// The words that it was made of.
    pub(super) words: Range<usize>,
}

/// What was read behind a label, as a value of a kind; words that belong to something else are left out.
pub(super) fn value(kind: FieldKind, words: &[&str]) -> Value {
    let part = part(kind, words);
    let said = words.get(part.clone()).unwrap_or_default();
    let read = said.join(" ");
    let read = read.trim_matches(AROUND);
    let (text, fits) = match kind {
        FieldKind::Text => (read.to_owned(), !read.is_empty()),
        FieldKind::Name => name(read),
        FieldKind::Date => date(read),
        FieldKind::Expiry => expiry(read),
        FieldKind::Year => year(read),
        FieldKind::Sex => sex(read),
        FieldKind::PersonalId => personal_id(read),
        FieldKind::Number => number(read),
    };
    let day = matches!(kind, FieldKind::Date | FieldKind::Expiry);
    let mended = said.iter().any(|word| is_mended(word))
        && (day || matches!(kind, FieldKind::Year | FieldKind::PersonalId));
    let strange = day && words.iter().take(part.start).any(|word| !leads_to_day(word));
    Value { guessed: fits && (mended || strange), text, fits, words: part }
}

/// Marks around a value that are no part of it.
const AROUND: [char; 15] = [' ', ':', '.', ',', ';', '_', '-', '|', '…', '(', ')', '“', '”', '"', '/'];

/// The words of the value among those behind its label.
fn part(kind: FieldKind, words: &[&str]) -> Range<usize> {
    let all = 0..words.len();
    match kind {
        FieldKind::Text => all,
        FieldKind::Name => {
            0..until(words, |word| word.starts_with('('), |word| word.ends_with([',', ';', ')']))
        }
        FieldKind::Number => 0..until(words, says_more, |word| word.ends_with([',', ';'])),
        FieldKind::Date | FieldKind::Expiry => day_among(words).unwrap_or(all),
        FieldKind::Year => one_of(words, |word| year(word).1).unwrap_or(all),
        FieldKind::Sex => 0..words.len().min(1),
        FieldKind::PersonalId => id_among(words).unwrap_or(all),
    }
}

/// The count of words before one that belongs to something else, or up to one that ends the value.
fn until(words: &[&str], foreign: impl Fn(&str) -> bool, last: impl Fn(&str) -> bool) -> usize {
    let before = words.iter().position(|word| foreign(word)).unwrap_or(words.len());
    words.iter().take(before).position(|word| last(word)).map_or(before, |end| end + 1)
}

/// A word of a sentence, which no number or sign has.
fn says_more(word: &str) -> bool {
    word.chars().any(char::is_lowercase) && !word.chars().any(|letter| letter.is_ascii_digit())
}

fn one_of(words: &[&str], fits: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let at = words.iter().position(|word| fits(word.trim_matches(AROUND)))?;
    Some(at..at + 1)
}

fn name(read: &str) -> (String, bool) {
    let fits = read.split_whitespace().count() >= 2
        && read.chars().all(|letter| letter.is_alphabetic() || [' ', '\'', '’'].contains(&letter));
    (read.into(), fits)
}

fn number(read: &str) -> (String, bool) {
    let text: String = read.chars().filter(|letter| !letter.is_whitespace()).collect();
    let fits = text.chars().any(|letter| letter.is_ascii_digit());
    (text, fits)
}

fn sex(read: &str) -> (String, bool) {
    match fold(read).as_str() {
        "nam" => ("Nam".into(), true),
        "nu" => ("Nữ".into(), true),
        _ => (read.into(), false),
    }
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

/// Whether a word may stand between a label and a day; another one may belong to the label of another day.
fn leads_to_day(word: &str) -> bool {
    let folded = fold(word.trim_matches(AROUND));
    LEADING.contains(&folded.as_str()) || !folded.chars().any(char::is_alphabetic)
}

const LEADING: [&str; 9] = ["ngay", "ngay/date", "het", "den", "vao", "luc", "gio", "phut", "tu"];

/// Whether a word has letters among its digits that are taken for digits.
fn is_mended(word: &str) -> bool {
    let letters = || word.chars().filter(|letter| letter.is_alphanumeric());
    letters().any(|letter| letter.is_ascii_digit()) && letters().any(|letter| !letter.is_ascii_digit())
}

fn year(read: &str) -> (String, bool) {
    let digits: String = read.chars().map(digit).collect();
    let fits = digits.len() == 4 && digits.parse::<i32>().is_ok_and(|year| YEARS.contains(&year));
    (if fits { digits } else { read.into() }, fits)
}

/// Years that stand on papers still in force.
const YEARS: Range<i32> = 1900..2200;

fn personal_id(read: &str) -> (String, bool) {
    let digits: String = read.chars().filter(|l| !l.is_whitespace() && *l != '.').map(digit).collect();
    let fits = PersonalId::parse(&digits).is_ok();
    (if fits { digits } else { read.into() }, fits)
}

/// The twelve digits, in one word or several that follow each other; none where there are none or more than one such id.
fn id_among(words: &[&str]) -> Option<Range<usize>> {
    let digits: Vec<usize> = words.iter().map(|word| digits_of(word)).collect();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let length = digits.iter().skip(start).take_while(|count| **count > 0).count();
        let ended = words.iter().skip(start).take(length).position(|word| word.ends_with([',', ';', ')']));
        let end = start + ended.map_or(length, |last| last + 1);
        if digits.get(start..end)?.iter().sum::<usize>() == 12 {
            found.push(start..end);
        }
        start = end.max(start + 1);
    }
    if found.len() == 1 { found.pop() } else { None }
}

/// How many digits a word is made of; none when it is anything else.
fn digits_of(word: &str) -> usize {
    let word = word.trim_matches(AROUND);
    let plain = word.chars().filter(|letter| *letter != '.').map(digit);
    let all = plain.clone().all(|letter| letter.is_ascii_digit());
    if all && word.chars().any(|letter| letter.is_ascii_digit()) { plain.count() } else { 0 }
}

/// From the first digits, or those behind `ngày` where an hour stands before, up to the third number.
fn day_among(words: &[&str]) -> Option<Range<usize>> {
    let numbered: Vec<usize> =
        (0..words.len()).filter(|at| words.get(*at).is_some_and(|word| has_digit(word))).collect();
    let first = *numbered.first()?;
    let named = words.iter().position(|word| fold(word.trim_matches(AROUND)) == "ngay");
    let behind = named.and_then(|day| numbered.iter().copied().find(|at| *at > day));
    [Some(first), behind].into_iter().flatten().find_map(|from| {
        let ends = numbered.iter().copied().filter(|end| *end >= from);
        let mut ranges = ends.map(|end| from..end + 1);
        ranges.find(|range| date(&words.get(range.clone()).unwrap_or_default().join(" ")).1)
    })
}

fn has_digit(word: &str) -> bool {
    word.chars().any(|letter| letter.is_ascii_digit())
}

/// `dd/mm/yyyy`, `dd-mm-yyyy`, `dd.mm.yyyy` or `ngày dd tháng mm năm yyyy`: three numbers in that order.
fn date(read: &str) -> (String, bool) {
    let numbers: Vec<u32> = numbers(read);
    let day = match numbers.as_slice() {
        [day, month, year] => i32::try_from(*year)
            .ok()
            .filter(|year| YEARS.contains(year))
            .and_then(|year| NaiveDate::from_ymd_opt(year, *month, *day)),
        _ => None,
    };
    day.map_or_else(|| (read.into(), false), |day| (day.to_string(), true))
}

/// A day, or that there is no end.
fn expiry(read: &str) -> (String, bool) {
    let folded = fold(read);
    if ENDLESS.iter().any(|words| folded.contains(words)) { (read.into(), true) } else { date(read) }
}

/// How papers say that they are valid without end, folded.
const ENDLESS: [&str; 4] = ["khong thoi han", "vo thoi han", "khong co thoi han", "lau dai"];

fn numbers(read: &str) -> Vec<u32> {
    let part = |letter: char| !digit(letter).is_ascii_digit();
    let words = read.split(part).filter(|word| word.chars().any(|letter| letter.is_ascii_digit()));
    words.filter_map(|word| word.chars().map(digit).collect::<String>().parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: FieldKind, read: &str) -> (String, bool) {
        let words: Vec<&str> = read.split_whitespace().collect();
        let Value { text, fits, .. } = value(kind, &words);
        (text, fits)
    }

    fn taken(kind: FieldKind, read: &str) -> Range<usize> {
        value(kind, &read.split_whitespace().collect::<Vec<_>>()).words
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
            "ngày/date 05 tháng/month 09 năm/year 2024",
            "10 giờ 30 phút, ngày 05 tháng 09 năm 2024",
            "05/09/2024 (Ghi bằng chữ: ngày năm tháng chín)",
            "05 / 09 / 2024",
        ] {
            assert_eq!(of(FieldKind::Date, read), ("2024-09-05".into(), true), "{read}");
        }
        for read in ["31/02/2024", "05/2024", "", "ngày tháng năm", "1 5/09/2024", "05/09/20241"] {
            assert!(!of(FieldKind::Date, read).1, "{read}");
        }
    }

    #[test]
    fn only_the_words_of_the_value_are_taken() {
        assert_eq!(taken(FieldKind::Date, "ngày 05 tháng 9 năm 2024 tại Hà Giang"), 1..6);
        assert_eq!(
            taken(FieldKind::PersonalId, "Căn cước công dân số 001 085 001234, cấp ngày 10/05/2021"),
            5..8
        );
        assert_eq!(taken(FieldKind::Number, "15/UBND-XNTTHN, ngày 05"), 0..1);
        assert_eq!(taken(FieldKind::Number, "CH 00123 do Sở cấp"), 0..2);
        assert_eq!(taken(FieldKind::Name, "NGUYỄN VĂN MẪU, sinh năm 1970"), 0..3);
        assert_eq!(taken(FieldKind::Year, "năm 1970, CMND"), 1..2);
    }

    #[test]
    fn a_personal_id_is_twelve_digits_and_the_only_ones() {
        assert_eq!(of(FieldKind::PersonalId, "001 085 0O1 234"), ("001085001234".into(), true));
        assert!(!of(FieldKind::PersonalId, "00108500123").1);
        assert!(!of(FieldKind::PersonalId, "001085001234, 001085001235").1);
        assert!(!of(FieldKind::PersonalId, "001085001234 56").1);
    }

    #[test]
    fn what_was_guessed_is_said() {
        let words = ["O5/09/2024"];
        assert!(
            value(FieldKind::Date, &words).guessed && value(FieldKind::PersonalId, &["0O1085001234"]).guessed
        );
        assert!(value(FieldKind::Date, &["slmh:", "05/09/2024"]).guessed);
        assert!(!value(FieldKind::Date, &["ngày", "05/09/2024"]).guessed);
        assert!(!value(FieldKind::Number, &["12/GP-UBND"]).guessed);
    }

    #[test]
    fn a_name_has_letters_and_a_number_has_no_blanks() {
        assert_eq!(of(FieldKind::Name, ": NGUYỄN THỊ HÒA"), ("NGUYỄN THỊ HÒA".into(), true));
        assert!(!of(FieldKind::Name, "NGUYEN 7HI").1);
        assert_eq!(of(FieldKind::Number, "123 / 2024/TLKS-BS"), ("123/2024/TLKS-BS".into(), true));
    }

    #[test]
    fn an_end_may_be_none_and_a_sex_is_one_of_two() {
        assert_eq!(of(FieldKind::Expiry, "Không thời hạn"), ("Không thời hạn".into(), true));
        assert_eq!(of(FieldKind::Expiry, "01/01/2030"), ("2030-01-01".into(), true));
        assert!(!of(FieldKind::Expiry, "năm sau").1 && !of(FieldKind::Date, "Không thời hạn").1);
        assert_eq!(
            (of(FieldKind::Sex, "Nử"), of(FieldKind::Sex, "nam,")),
            (("Nữ".into(), true), ("Nam".into(), true))
        );
        assert!(!of(FieldKind::Sex, "Kinh").1);
    }
}
