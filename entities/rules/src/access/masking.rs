//! How personal fields are masked: enough to tell one line from another, too little to know anybody.

/// The first letter of each word.
pub fn name(name: &str) -> String {
    let letters = name.split_whitespace().filter_map(|word| word.chars().next());
    letters.map(|letter| format!("{letter}.")).collect::<Vec<_>>().join(" ")
}

/// The last three characters of a number, of which at least as many stay hidden.
pub fn number(number: &str) -> String {
    let count = number.chars().count();
    let shown = if count >= 6 { 3 } else { 0 };
    let end: String = number.chars().skip(count - shown).collect();
    format!("{}{end}", "•".repeat(count - shown))
}

#[cfg(test)]
mod tests {
    use super::{name, number};

    #[test]
    fn a_masked_name_keeps_the_first_letters_alone() {
        assert_eq!(name("Nguyễn  Thị Mẫu"), "N. T. M.");
        assert_eq!(name(" "), "");
    }

    #[test]
    fn a_masked_number_keeps_its_end_when_that_tells_little() {
        assert_eq!(number("006199000001"), "•••••••••001");
        assert_eq!(number("12345"), "•••••");
        assert_eq!(number(""), "");
    }
}
