//! Card numbers that somebody writes where none belongs: they are told and never kept.

/// Fewest and most digits of a card number (ISO/IEC 7812).
const DIGITS: std::ops::RangeInclusive<usize> = 13..=19;

/// A text holds what reads as a card number: 13 to 19 digits that pass the check digit, in one piece or in the groups
/// that are printed on a card. Digits glued to letters, such as a bank's own reference, are none.
pub fn holds_card_number(text: &str) -> bool {
    rows(text).iter().any(|row| {
        let alone = row.iter().any(|group| is_card(group));
        alone || (0..row.len()).any(|from| is_grouped(row.get(from..).unwrap_or_default()))
    })
}

/// Groups of digits that stand behind one another with one blank or hyphen between them.
fn rows(text: &str) -> Vec<Vec<Vec<u32>>> {
    let mut rows: Vec<Vec<Vec<u32>>> = vec![Vec::new()];
    for part in text.split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '–')) {
        let core = part.trim_matches(|letter: char| !letter.is_alphanumeric());
        let digits: Option<Vec<u32>> = core.chars().map(|letter| letter.to_digit(10)).collect();
        match (digits.filter(|digits| !digits.is_empty()), rows.last_mut()) {
            (Some(digits), Some(row)) => row.push(digits),
            _ => rows.push(Vec::new()),
        }
    }
    rows
}

/// Printed in fours (the last group may be shorter or longer), or as 4-6-5 and 4-6-4.
fn is_grouped(row: &[Vec<u32>]) -> bool {
    (2..=row.len().min(5)).any(|count| {
        let groups = row.get(..count).unwrap_or_default();
        let lengths: Vec<usize> = groups.iter().map(Vec::len).collect();
        let fours = lengths
            .split_last()
            .is_some_and(|(last, before)| before.iter().all(|length| *length == 4) && *last <= 7);
        (fours || matches!(lengths.as_slice(), [4, 6, 4 | 5])) && is_card(&groups.concat())
    })
}

/// Of the right length, and passing the check of Luhn.
fn is_card(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match digit * 2 {
            _ if place % 2 == 0 => *digit,
            doubled if doubled > 9 => doubled - 9,
            doubled => doubled,
        })
        .sum();
    DIGITS.contains(&digits.len()) && sum.is_multiple_of(10) && digits.iter().any(|digit| *digit > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_number_is_found_however_it_is_written() {
        for text in [
            "4111111111111111",
            "thẻ 4111 1111 1111 1111, hết hạn 12/27",
            "số thẻ: 4111-1111-1111-1111.",
            "378282246310005",
            "3782 822463 10005",
            "9704 1234 5678 9012 345",
            "1 4111 1111 1111 1111",
        ] {
            assert!(holds_card_number(text), "{text}");
        }
    }

    #[test]
    fn other_numbers_of_an_office_are_none() {
        for text in [
            "",
            "006199000001",
            "H55.101-260310-0001",
            "4111111111111112",
            "FT4111111111111111",
            "Biên lai số 00000012 ngày 10-03-2026",
            "0000000000000000",
            "Ủy nhiệm chi số 27",
        ] {
            assert!(!holds_card_number(text), "{text}");
        }
    }
}
