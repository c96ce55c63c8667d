//! Pages made of lines, with a place for each word; and the types of papers as they are shipped.

use rules::papers::{Extracted, PageText, PaperReading, Region, Word, extract};
use serde::Deserialize;
use std::sync::LazyLock;

/// The types as they are shipped.
pub(super) static TYPES: LazyLock<Vec<PaperReading>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct Shipped {
        paper_types: Vec<PaperReading>,
    }
    let text = include_str!("../../../../../migrations/seed/paper_types.yaml");
    serde_saphyr::from_str::<Shipped>(text).unwrap().paper_types
});

pub(super) fn of(code: &str) -> &'static PaperReading {
    TYPES.iter().find(|kind| kind.code == code).unwrap()
}

/// Lines twenty thousandths apart; a letter is eight wide, a blank three, and a tab leads to the right half.
pub(super) fn page(lines: &[&str]) -> PageText {
    let words = lines.iter().enumerate().flat_map(|(n, line)| {
        let n = u16::try_from(n).unwrap();
        line.split('\t').enumerate().flat_map(move |(column, text)| {
            let mut left = 40 + 480 * u16::try_from(column).unwrap();
            text.split_whitespace().map(move |text| {
                let width = 8 * u16::try_from(text.chars().count()).unwrap();
                let region = Region { page: 1, left, top: 40 + 20 * n, width, height: 12 };
                left += width + 3;
                Word { text: text.into(), confidence: 96, region, line: n }
            })
        })
    });
    PageText { words: words.collect() }
}

pub(super) fn read(code: &str, page: &PageText) -> Vec<Extracted> {
    extract(of(code), std::slice::from_ref(page))
}

/// What was read under a name.
pub(super) fn field<'a>(found: &'a [Extracted], name: &str) -> &'a Extracted {
    found.iter().find(|field| field.name == name).unwrap()
}
