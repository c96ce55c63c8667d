//! What of a platform's message may be kept: everything but cards and the payer's telephone, up to a length.

use serde_json::Value;

/// Longest text kept, in characters.
const LONGEST: usize = 16_384;

/// Most digits of a card number (ISO/IEC 7812).
const MOST_DIGITS: usize = 19;

/// Members that carry a card, stand for one or name the payer, folded; none of them is needed to settle a payment.
const LEFT_OUT: [&str; 15] = [
    "token",
    "sothe",
    "thangthe",
    "namthe",
    "tenchuthe",
    "cardnumber",
    "cardno",
    "cardholder",
    "cardname",
    "cardexpiry",
    "cardtoken",
    "pan",
    "cvv",
    "cvc",
    "custmsisdn",
];

/// The message as text without what is of a card; digits that may be a card number are left out wherever they stand.
pub(super) fn scrubbed(body: &[u8]) -> String {
    let text = match serde_json::from_slice::<Value>(body) {
        Ok(value) => without_members(&value).to_string(),
        Err(_) => without_pairs(&String::from_utf8_lossy(body)),
    };
    without_numbers(&text).chars().take(LONGEST).collect()
}

fn is_left_out(name: &str) -> bool {
    let folded: String = name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    LEFT_OUT.contains(&folded.as_str())
}

fn without_members(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, inner)| {
                let kept = if is_left_out(name) { Value::from("***") } else { without_members(inner) };
                (name.clone(), kept)
            })
            .collect(),
        Value::Array(items) => items.iter().map(without_members).collect(),
        // A message inside the message, as the integration axis wraps it.
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(inner @ (Value::Object(_) | Value::Array(_))) => {
                Value::from(without_members(&inner).to_string())
            }
            _ => value.clone(),
        },
        other => other.clone(),
    }
}

// A form, or JSON that was cut: the value after the name of such a member goes, whatever stands around it.
fn without_pairs(text: &str) -> String {
    let pairs = text.split_inclusive(['&', ',', '{', '}', '\n']);
    pairs.map(|pair| if is_of_such(pair) { masked(pair) } else { pair.to_owned() }).collect()
}

fn is_of_such(pair: &str) -> bool {
    pair.split_once(['=', ':']).is_some_and(|(name, _)| is_left_out(name))
}

fn masked(pair: &str) -> String {
    let name = pair.split(['=', ':']).next().unwrap_or_default();
    let end = pair.chars().last().filter(|c| "&,{}\n".contains(*c)).map(String::from).unwrap_or_default();
    format!("{name}=***{end}")
}

// A separator between groups does not hide a card number, nor do other digits beside it.
fn without_numbers(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut kept = String::with_capacity(text.len());
    let mut rest = letters.as_slice();
    while !rest.is_empty() {
        let card = card_length(rest);
        let end = card.map_or_else(|| digits(rest).max(1), |length| length + short_groups(rest, length));
        let (gone, after) = rest.split_at(end.min(rest.len()));
        match card {
            Some(_) => kept.push_str("***"),
            None => kept.extend(gone),
        }
        rest = after;
    }
    kept
}

/// Length of the longest card number that begins here and ends with its group.
fn card_length(letters: &[char]) -> Option<usize> {
    let (mut number, mut longest) = (Vec::new(), None);
    for (place, letter) in letters.iter().enumerate() {
        match letter.to_digit(10) {
            Some(digit) => number.push(digit),
            None if number.is_empty() || !matches!(letter, ' ' | '-') => break,
            None => continue,
        }
        if number.len() > MOST_DIGITS {
            break;
        }
        let ends = letters.get(place + 1).is_none_or(|next| !next.is_ascii_digit());
        longest = if ends && is_card_number(&number) { Some(place + 1) } else { longest };
    }
    longest
}

/// Length of the groups of two to four digits right behind a card number: its date and its code.
fn short_groups(letters: &[char], card: usize) -> usize {
    let mut end = card;
    loop {
        let behind = letters.get(end..).unwrap_or_default();
        let gap = behind.iter().take_while(|letter| matches!(letter, ' ' | '-' | '/')).count();
        let group = digits(behind.get(gap..).unwrap_or_default());
        if gap == 0 || !(2..=4).contains(&group) {
            return end - card;
        }
        end += gap + group;
    }
}

fn digits(letters: &[char]) -> usize {
    letters.iter().take_while(|letter| letter.is_ascii_digit()).count()
}

fn is_card_number(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| if place % 2 == 1 { doubled(*digit) } else { *digit })
        .sum();
    // Stamps and numbers of transactions begin otherwise: 2 with 22 to 27, 3, 4, 5 and 6 are the schemes', 9704 is Napas.
    let scheme = match digits {
        [2, second, ..] => (2..=7).contains(second),
        [9, 7, 0, 4, ..] => true,
        [first, ..] => (3..=6).contains(first),
        [] => false,
    };
    scheme && (13..=MOST_DIGITS).contains(&digits.len()) && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_card_is_kept_however_the_message_is_built() {
        for body in [
            r#"{"MaLoi":"00","Token":"tok-1","SoThe":"9704000000000018","ThangThe":"03","NamThe":"07"}"#,
            r#"{"error_code":"0","message":"{\"SoThe\":\"9704000000000018\",\"NamThe\":\"07\",\"Token\":\"tok-1\"}"}"#,
            r#"{"a":[{"card_number":"9704000000000018","CARD-NAME":"tok-1"}]}"#,
            "order_id=1&SoThe=9704000000000018&token=tok-1&cust_msisdn=84900000007&error_code=00",
            r#"{"MaLoi":"00","SoThe":"9704000000000018","Token":"tok-1","#,
            "nop bang the 9704 0000 0000 0018 tok-".trim_end_matches("tok-"),
        ] {
            let kept = scrubbed(body.as_bytes());
            for secret in ["9704000000000018", "9704 0000", "tok-1", "07"] {
                assert!(!kept.contains(secret), "{secret} is in {kept}");
            }
        }
    }

    #[test]
    fn digits_beside_a_card_number_do_not_hide_it() {
        for (text, kept) in [
            ("nop bang the 9704000000000018 0327", "nop bang the ***"),
            ("the 9704-0000-0000-0018 03/27 123, han 5", "the ***, han 5"),
            ("don 26 the 4111 1111 1111 1111 ngay 12", "don 26 the *** ngay 12"),
            ("12 4111111111111111 20260310 9704000000000018", "12 *** 20260310 ***"),
        ] {
            assert_eq!(scrubbed(text.as_bytes()), kept);
        }
        let other = "so 0123456789012 ngay 2026-03-10 08:00, bien lai 00000012 - 4111111111111112";
        assert_eq!(scrubbed(other.as_bytes()), other);
    }

    #[test]
    fn what_settles_a_payment_is_kept_word_for_word() {
        let body = r#"{"MaGiaoDich":"GD202405291501300001","MaThamChieu":"0C7F8XK2M4N6P8R0T2V4","SoTien":20000,"ThoiGianGD":"20240529150130"}"#;
        assert_eq!(scrubbed(body.as_bytes()), body);
        assert_eq!(scrubbed(b"billcode=B20000&error_code=00"), "billcode=B20000&error_code=00");
    }

    #[test]
    fn what_is_kept_is_cut() {
        assert_eq!(scrubbed("đ".repeat(20_000).as_bytes()).chars().count(), LONGEST);
        assert_eq!(scrubbed(&[0xff, 0xfe]), "\u{fffd}\u{fffd}");
    }
}
