//! Sums of money as a form prints them: grouped figures, and the words that guard them against an added nought.

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const BILLION: u64 = 1_000_000_000;

/// Figures with a point between thousands, and the currency: `45.000 đồng`.
pub fn figures(dong: i64) -> String {
    let digits = dong.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    format!("{}{grouped} đồng", if dong < 0 { "-" } else { "" })
}

/// The sum in words with a capital letter: `Bốn mươi lăm nghìn đồng`.
pub fn in_words(dong: i64) -> String {
    let words = read(dong.unsigned_abs());
    let sign = if dong < 0 { "âm " } else { "" };
    let whole = format!("{sign}{words} đồng");
    let mut letters = whole.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A number in Vietnamese words, as read in the north: `linh` for an empty ten, `mốt`, `tư` and `lăm` in the ones.
pub fn read(number: u64) -> String {
    if number == 0 {
        return digit(0).into();
    }
    let mut words = Vec::new();
    say(number, false, &mut words);
    words.join(" ")
}

/// Says billions of billions first; `inside` when something was said before, so that empty hundreds are named.
fn say(number: u64, inside: bool, words: &mut Vec<&'static str>) {
    let (billions, rest) = (number / BILLION, number % BILLION);
    if billions > 0 {
        say(billions, inside, words);
        words.push("tỷ");
    }
    for (group, scale) in [(rest / 1_000_000, "triệu"), (rest / 1_000 % 1_000, "nghìn"), (rest % 1_000, "")]
    {
        if group > 0 {
            three(group, inside || !words.is_empty(), words);
            words.extend(Some(scale).filter(|scale| !scale.is_empty()));
        }
    }
}

fn three(group: u64, inside: bool, words: &mut Vec<&'static str>) {
    let (hundreds, tens, ones) = (group / 100, group / 10 % 10, group % 10);
    if hundreds > 0 || inside {
        words.extend([digit(hundreds), "trăm"]);
    }
    match tens {
        0 if ones > 0 && (hundreds > 0 || inside) => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([digit(tens), "mươi"]),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(ones)),
    }
}

fn digit(value: u64) -> &'static str {
    usize::try_from(value).ok().and_then(|n| DIGITS.get(n)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sums_are_read_as_a_cashier_reads_them() {
        for (sum, words) in [
            (0, "Không đồng"),
            (5, "Năm đồng"),
            (15, "Mười lăm đồng"),
            (21, "Hai mươi mốt đồng"),
            (104, "Một trăm linh bốn đồng"),
            (1_001, "Một nghìn không trăm linh một đồng"),
            (8_000, "Tám nghìn đồng"),
            (45_000, "Bốn mươi lăm nghìn đồng"),
            (124_500, "Một trăm hai mươi tư nghìn năm trăm đồng"),
            (1_000_005, "Một triệu không trăm linh năm đồng"),
            (2_005_000_000, "Hai tỷ không trăm linh năm triệu đồng"),
            (1_000_000_000_000, "Một nghìn tỷ đồng"),
        ] {
            assert_eq!(in_words(sum), words, "{sum}");
        }
    }

    #[test]
    fn figures_are_grouped_by_points() {
        assert_eq!(figures(0), "0 đồng");
        assert_eq!(figures(999), "999 đồng");
        assert_eq!(figures(45_000), "45.000 đồng");
        assert_eq!(figures(-1_234_567), "-1.234.567 đồng");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn words_are_understood_as_the_number_they_say(number in 0_u64..=1_000_000_000_000) {
            prop_assert_eq!(understood(&read(number)), number);
        }

        #[test]
        fn words_hold_nothing_a_reader_would_stumble_over(number in 0_u64..=1_000_000_000_000) {
            let words = read(number);
            for wrong in ["  ", "mươi một", "mươi bốn", "mươi năm", "mười năm", "mười mốt", "mười tư", "linh không"] {
                prop_assert!(!words.contains(wrong), "{}: {}", number, words);
            }
        }
    }

    /// Understands number words by adding up, with nothing of the way they were made.
    fn understood(words: &str) -> u64 {
        let (mut total, mut group, mut pending) = (0_u64, 0_u64, 0_u64);
        for word in words.split(' ') {
            match word {
                "trăm" => group += std::mem::take(&mut pending) * 100,
                "mươi" => group += std::mem::take(&mut pending) * 10,
                "mười" => group += 10,
                "linh" => {}
                "nghìn" => total += (std::mem::take(&mut group) + std::mem::take(&mut pending)) * 1_000,
                "triệu" => total += (std::mem::take(&mut group) + std::mem::take(&mut pending)) * 1_000_000,
                "tỷ" => {
                    total = (total + std::mem::take(&mut group) + std::mem::take(&mut pending)) * BILLION;
                }
                "mốt" => pending = 1,
                "tư" => pending = 4,
                "lăm" => pending = 5,
                digit => {
                    pending = u64::try_from(DIGITS.iter().position(|d| *d == digit).unwrap()).unwrap();
                }
            }
        }
        total + group + pending
    }
}
