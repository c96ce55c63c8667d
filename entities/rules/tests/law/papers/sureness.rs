//! How sure a reading is, whatever the page: never surer than the words it took, and never without its place.

use super::page::{TYPES, page, read};
use super::samples::samples;
use chrono::NaiveDate;
use proptest::prelude::*;
use rules::papers::{Extracted, PageText, Region, Word, recognise};

fn cases() -> ProptestConfig {
    ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() }
}

/// A paper and what a machine does to it: how sure it is of each word, and which words it loses or spoils.
fn damaged() -> impl Strategy<Value = (&'static str, PageText)> {
    let papers: Vec<_> = samples().map(|sample| (sample.code, page(sample.lines))).collect();
    prop::sample::select(papers).prop_flat_map(|(code, page)| {
        let count = page.words.len();
        prop::collection::vec((0..=100_u8, 0..40_u8), count)
            .prop_map(move |harm| (code, harmed(&page, &harm)))
    })
}

fn harmed(page: &PageText, harm: &[(u8, u8)]) -> PageText {
    let words = page.words.iter().zip(harm).filter_map(|(word, (sure, harm))| {
        let text = match harm {
            0 => return None,
            1 => word.text.chars().rev().collect(),
            2 => word.text.replace(['i', '1', ':'], "l"),
            3 => format!("{}…", word.text),
            _ => word.text.clone(),
        };
        Some(Word { text, confidence: *sure, ..word.clone() })
    });
    PageText { words: words.collect() }
}

fn holds(region: Region, word: &Word) -> bool {
    let (one, right) = (word.region, region.left + region.width);
    one.left >= region.left
        && one.left + one.width <= right
        && one.top >= region.top
        && one.top <= region.top + region.height
}

/// Words inside the region of a reading that its value is made of.
fn taken<'a>(found: &Extracted, page: &'a PageText) -> Vec<&'a Word> {
    let (Some(value), Some(region)) = (&found.value, found.region) else { return Vec::new() };
    let core = |text: &str| text.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned();
    let day = value.parse::<NaiveDate>().is_ok();
    let counts =
        |core: &str| if day { core.starts_with(|l: char| l.is_ascii_digit()) } else { value.contains(core) };
    let says = |word: &&Word| !core(&word.text).is_empty() && counts(&core(&word.text));
    page.words.iter().filter(|word| holds(region, word)).filter(says).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_reading_is_never_surer_than_its_least_sure_word((code, page) in damaged()) {
        for found in read(code, &page) {
            let least = taken(&found, &page).iter().map(|word| word.confidence).min();
            if found.region.is_some_and(|region| region.height <= 12) {
                prop_assert!(least.is_none_or(|least| found.confidence <= least), "{found:?} {least:?}");
            }
            prop_assert!(found.confidence <= 100);
        }
    }

    #[test]
    fn a_value_has_a_place_and_a_place_a_value((code, page) in damaged()) {
        for found in read(code, &page) {
            prop_assert_eq!(found.value.is_some(), found.region.is_some(), "{:?}", &found);
            prop_assert!(found.value.is_some() || found.confidence == 0);
            if let Some(region) = found.region {
                prop_assert!(page.words.iter().any(|word| holds(region, word)), "{:?}", &found);
            }
        }
    }

    #[test]
    fn a_page_of_another_type_is_never_taken_for_one((code, page) in damaged()) {
        let found = recognise(&TYPES, std::slice::from_ref(&page));
        prop_assert!(found.is_none_or(|kind| kind.code == code), "{:?}", found.map(|kind| &kind.code));
    }

    #[test]
    fn any_words_at_all_are_read_without_harm(lines in prop::collection::vec("[Số:./ ngày0-9aAĐ…\\-]{0,30}", 0..12)) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        for kind in TYPES.iter() {
            for found in read(&kind.code, &page(&lines)) {
                prop_assert_eq!(found.value.is_some(), found.region.is_some());
            }
        }
    }
}
