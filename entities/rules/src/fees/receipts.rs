//! Numbers of fee receipts (biên lai): how long they are, from which day which law counts, and until when on paper.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// On what a receipt is made out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    /// By this program, from a series of the unit (biên lai điện tử).
    Electronic,
    /// In a printed book, filled in by hand (biên lai giấy).
    Paper,
}

/// Most digits of a number: seven under TT 303/2016, eight since NĐ 254/2026 (F-10, F-15).
pub fn digits(day: NaiveDate) -> u32 {
    if since(day, 2026, 7) { 8 } else { 7 }
}

/// The last number of a series and a year (F-10, F-15).
pub fn last_number(day: NaiveDate) -> u32 {
    10_u32.pow(digits(day)) - 1
}

/// A number as it is printed: with noughts before it under TT 303/2016, which begins at 0000001; plain since.
pub fn printed(number: u32, day: NaiveDate) -> String {
    if digits(day) == 7 { format!("{number:07}") } else { number.to_string() }
}

/// Paper receipts may be used until 31/12/2026 (F-14).
pub fn paper_allowed(day: NaiveDate) -> bool {
    !since(day, 2027, 1)
}

/// Something typed in reads as a number of a receipt of this day: digits, not all noughts, and not too many.
pub fn is_number(typed: &str, day: NaiveDate) -> bool {
    let typed = typed.trim();
    let long = u32::try_from(typed.len()).is_ok_and(|length| (1..=digits(day)).contains(&length));
    long && typed.bytes().all(|byte| byte.is_ascii_digit()) && typed.bytes().any(|byte| byte != b'0')
}

/// A number as it is known again: digits without the noughts before them, anything else in capitals with single spaces.
pub fn number_key(typed: &str) -> String {
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
    let digits = !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit());
    match words.trim_start_matches('0') {
        plain if digits && !plain.is_empty() => plain.to_owned(),
        _ => words,
    }
}

/// The year a number is counted in: a series begins anew at 1 on the first of January (F-10).
pub fn year(day: NaiveDate) -> i32 {
    day.year()
}

fn since(day: NaiveDate, year: i32, month: u32) -> bool {
    (day.year(), day.month()) >= (year, month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn f_15_a_number_has_seven_digits_until_the_end_of_june_2026() {
        assert_eq!(
            (printed(1, on(2026, 6, 30)), last_number(on(2026, 6, 30))),
            ("0000001".into(), 9_999_999)
        );
        assert!(is_number("0000012", on(2026, 6, 30)) && !is_number("00000012", on(2026, 6, 30)));
    }

    #[test]
    fn f_10_a_number_has_at_most_eight_digits_since_july_2026() {
        assert_eq!((printed(1, on(2026, 7, 1)), last_number(on(2026, 7, 1))), ("1".into(), 99_999_999));
        assert!(is_number("00000012", on(2026, 7, 1)));
        for wrong in ["", " ", "123456789", "12a", "-1", "00000000", "١٢"] {
            assert!(!is_number(wrong, on(2026, 7, 1)), "{wrong}");
        }
    }

    #[test]
    fn f_16_a_number_is_known_again_however_it_is_typed() {
        for typed in ["12", "0000012", " 12 "] {
            assert_eq!(number_key(typed), "12");
        }
        assert_eq!((number_key("bl  7"), number_key("BL 07")), ("BL 7".to_owned(), "BL 07".to_owned()));
        assert_eq!(number_key("000"), "000");
    }

    #[test]
    fn f_14_paper_ends_with_the_year_2026() {
        assert!(paper_allowed(on(2026, 12, 31)) && !paper_allowed(on(2027, 1, 1)));
    }
}
