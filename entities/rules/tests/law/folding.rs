//! Names and titles compare as people expect.

use proptest::prelude::*;
use rules::folding::{fold, unaccented};

/// Every letter of the Vietnamese alphabet with every tone.
const LETTERS: &str =
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";

#[test]
fn a_name_is_found_however_it_is_written() {
    for written in ["nguyen van a", "NGUYỄN VĂN A", "Nguyễn Văn Á", "  Nguyễn\u{a0}\tVăn\n A "] {
        assert_eq!(fold(written), "nguyen van a");
    }
    assert_eq!(fold("ĐẶNG Đình Độ"), "dang dinh do");
}

#[test]
fn composed_decomposed_and_half_composed_letters_are_the_same() {
    let ways = [
        "Nguy\u{1EC5}n",
        "Nguye\u{302}\u{303}n",
        "Nguy\u{EA}\u{303}n",
        "Nguye\u{303}\u{302}n",
        "Nguy\u{1EBD}\u{302}n",
        "Ｎｇｕｙễｎ",
        "Nguy\u{200B}ễn",
    ];

    assert!(ways.iter().all(|way| fold(way) == "nguyen"), "{:?}", ways.map(fold));
    assert_eq!(fold("Tr\u{1B0}\u{340}\u{1A1}\u{341}ng"), "truong");
    assert_eq!(fold("\u{D0}\u{1EB7}ng \u{F0}\u{110}\u{189}"), "dang ddd");
}

#[test]
fn the_whole_alphabet_folds_to_ascii_in_both_cases() {
    let expected =
        "aaaaaaaaaaaaaaaaaabcddeeeeeeeeeeeeghiiiiiiklmnooooooooooooooooooooooooopqrstuuuuuuuuuuuuvxyyyyyy";
    let once: String = LETTERS.chars().map(|c| fold(&c.to_string())).collect();

    assert_eq!(fold(LETTERS), once);
    assert_eq!(fold(&LETTERS.to_uppercase()), once);
    assert!(once.is_ascii());
    assert_eq!(once.len(), LETTERS.chars().count());
    assert_eq!(once.chars().collect::<std::collections::BTreeSet<_>>(), expected.chars().collect());
}

#[test]
fn codes_and_other_scripts_are_left_readable() {
    assert_eq!(fold("H15.50.05.13-261008-0975"), "h15.50.05.13-261008-0975");
    assert_eq!(fold("Ивано́в 東京"), "иванов 東京");
    assert_eq!(unaccented("Phí cấp Giấy  phép № 5 – đợt 1"), "Phi cap Giay phep No 5 dot 1");
}

#[test]
fn every_letter_of_every_script_folds_once_and_for_all() {
    let twice = |c: &char| fold(&fold(&c.to_string())) != fold(&c.to_string());

    assert_eq!(('\0'..=char::MAX).filter(twice).collect::<Vec<_>>(), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folding_twice_is_folding_once(text in any::<String>()) {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
        prop_assert_eq!(unaccented(&unaccented(&text)), unaccented(&text));
    }

    #[test]
    fn vietnamese_text_folds_to_ascii(letters in prop::collection::vec(prop::sample::select(LETTERS.chars().collect::<Vec<_>>()), 0..40)) {
        let text: String = letters.into_iter().collect();
        prop_assert!(fold(&text).is_ascii());
        prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
    }

    #[test]
    fn unaccented_text_is_ascii_without_control_characters(text in any::<String>()) {
        prop_assert!(unaccented(&text).bytes().all(|b| (b' '..=b'~').contains(&b)));
    }
}
