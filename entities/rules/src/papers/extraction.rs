//! Fields found on a read paper by the labels printed beside them, each with its place and how sure it is.

use super::reading::{PageText, Region, Word};
use super::types::{FieldRule, PaperReading};
use super::values::value;
use crate::folding::fold;

/// One field as it was found, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extracted {
    /// Key of the field.
    pub name: String,
    /// What stands there; none where no label was found or nothing stands beside it.
    pub value: Option<String>,
    /// How sure, 0 to 100: the least sure word, doubted further when the value is not of its kind.
    pub confidence: u8,
    /// Where it stands.
    pub region: Option<Region>,
}

/// A value that is not of its kind is never surer than this, so that a person looks.
const DOUBTED: u8 = 40;

/// The type whose title stands on the paper; the earliest title counts, the longer one of two at one place.
pub fn recognise<'a>(types: &'a [PaperReading], pages: &[PageText]) -> Option<&'a PaperReading> {
    let lines: Vec<String> = pages.iter().take(1).flat_map(PageText::lines).map(|line| fold(&line)).collect();
    let found = types.iter().flat_map(|kind| kind.titles.iter().map(move |title| (kind, fold(title))));
    let placed = found.filter_map(|(kind, title)| {
        let line = lines.iter().position(|line| speaks_of(line, &title))?;
        Some((line, usize::MAX - title.len(), kind))
    });
    placed.min_by_key(|(line, shorter, _)| (*line, *shorter)).map(|(.., kind)| kind)
}

/// Whether a line holds a title, a letter in eight misread at most.
fn speaks_of(line: &str, title: &str) -> bool {
    let (words, wanted): (Vec<&str>, usize) = (line.split(' ').collect(), title.split(' ').count());
    words.windows(wanted).any(|window| alike(&window.join(" "), title))
}

/// Finds the fields of a type on its pages.
pub fn extract(kind: &PaperReading, pages: &[PageText]) -> Vec<Extracted> {
    let lines: Vec<Vec<&Word>> = pages.iter().flat_map(lines).collect();
    kind.fields.iter().map(|field| find(field, kind, &lines)).collect()
}

fn lines(page: &PageText) -> Vec<Vec<&Word>> {
    let mut lines: Vec<Vec<&Word>> = Vec::new();
    for word in &page.words {
        match lines.last_mut() {
            Some(line) if line.last().is_some_and(|last| last.line == word.line) => line.push(word),
            _ => lines.push(vec![word]),
        }
    }
    lines
}

fn find(field: &FieldRule, kind: &PaperReading, lines: &[Vec<&Word>]) -> Extracted {
    let nothing = Extracted { name: field.name.clone(), value: None, confidence: 0, region: None };
    let labels = || field.labels.iter();
    let place = labels()
        .find_map(|label| lines.iter().enumerate().find_map(|(n, line)| Some((n, after(line, label)?))));
    let Some((n, from)) = place else { return nothing };
    let beside = until_next_label(lines.get(n).and_then(|line| line.get(from..)).unwrap_or_default(), kind);
    let below = || lines.get(n + 1).map(|line| until_next_label(line, kind)).unwrap_or_default();
    let words = if beside.iter().any(|word| says_something(word)) { beside } else { below() };
    found(field, words).unwrap_or(nothing)
}

fn found(field: &FieldRule, words: &[&Word]) -> Option<Extracted> {
    let words: Vec<&Word> = words.iter().copied().filter(|word| says_something(word)).collect();
    let read = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let value = value(field.kind, &read);
    let region = words.iter().map(|word| word.region).reduce(Region::around)?;
    let sure = words.iter().map(|word| word.confidence).min().unwrap_or(0);
    Some(Extracted {
        name: field.name.clone(),
        value: Some(value.text).filter(|text| !text.is_empty()),
        confidence: if value.fits { sure.min(100) } else { sure.min(DOUBTED) },
        region: Some(region),
    })
}

/// Dots and lines that fill a form up are no words.
fn says_something(word: &Word) -> bool {
    word.text.chars().any(char::is_alphanumeric)
}

/// The index behind a label in a line; nothing when it does not stand there.
fn after(line: &[&Word], label: &str) -> Option<usize> {
    let wanted = label.split_whitespace().map(bare).collect::<Vec<_>>().join(" ");
    let length = wanted.split(' ').count();
    let starts = 0..=line.len().checked_sub(length)?;
    let at = |start: &usize| {
        let window = line.get(*start..*start + length).unwrap_or_default();
        let text: Vec<String> = window.iter().map(|word| bare(&word.text)).collect();
        alike(&text.join(" "), &wanted)
    };
    starts.into_iter().find(at).map(|start| start + length)
}

fn until_next_label<'a, 'b>(words: &'a [&'b Word], kind: &PaperReading) -> &'a [&'b Word] {
    let labels = kind.fields.iter().flat_map(|field| &field.labels);
    let starts = labels.filter_map(|label| Some(after(words, label)? - label.split_whitespace().count()));
    let end = starts.min().unwrap_or(words.len());
    words.get(..end).unwrap_or_default()
}

/// A word without the marks around it, folded.
fn bare(text: &str) -> String {
    fold(text.trim_matches(|letter: char| !letter.is_alphanumeric()))
}

/// The same words, a letter in eight misread at most.
fn alike(read: &str, wanted: &str) -> bool {
    let allowed = wanted.chars().count() / 8;
    read == wanted || (allowed > 0 && distance(read, wanted) <= allowed)
}

/// Letters to change, add or leave out (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (n, letter) in left.chars().enumerate() {
        let mut diagonal = n;
        let mut before = n + 1;
        for (place, other) in row.iter_mut().skip(1).zip(&right) {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = *place;
            before = changed.min(before + 1).min(diagonal + 1);
            *place = before;
        }
        if let Some(first) = row.first_mut() {
            *first = n + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::types::FieldKind;
    use super::*;

    /// A page of lines; words stand a hundred thousandths apart, a line is twenty high.
    fn page(lines: &[&str]) -> PageText {
        let words = lines.iter().enumerate().flat_map(|(n, line)| {
            let n = u16::try_from(n).unwrap();
            line.split(' ').enumerate().map(move |(at, text)| Word {
                text: text.into(),
                confidence: 96,
                region: Region {
                    page: 1,
                    left: u16::try_from(at).unwrap() * 50,
                    top: n * 20,
                    width: 45,
                    height: 15,
                },
                line: n,
            })
        });
        PageText { words: words.collect() }
    }

    fn field(name: &str, kind: FieldKind, labels: &[&str]) -> FieldRule {
        let labels = labels.iter().map(|label| label.to_string()).collect();
        let (vi, en) = (name.to_owned(), name.to_owned());
        FieldRule { name: name.into(), vi, en, kind, labels, check_below: None, required: false }
    }

    fn birth() -> PaperReading {
        PaperReading {
            code: "GT-KS".into(),
            titles: vec!["GIẤY KHAI SINH".into()],
            fields: vec![
                field("number", FieldKind::Number, &["Số"]),
                field("name", FieldKind::Name, &["Họ, chữ đệm, tên", "Họ và tên"]),
                field("born_on", FieldKind::Date, &["Ngày, tháng, năm sinh"]),
                field("sex", FieldKind::Text, &["Giới tính"]),
                field("id", FieldKind::PersonalId, &["Số định danh cá nhân"]),
            ],
        }
    }

    fn paper() -> PageText {
        page(&[
            "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "GIẤY KHAI SINH",
            "Số: 12/2024",
            "Họ, chữ đệm, tên: VÀNG THỊ MAI .......",
            "Ngày, tháng, năm sinh: 05/09/2024 Giới tính: Nữ",
            "Số định danh cá nhân:",
            "002324001234",
        ])
    }

    fn values(found: &[Extracted]) -> Vec<(&str, Option<&str>, u8)> {
        found.iter().map(|field| (field.name.as_str(), field.value.as_deref(), field.confidence)).collect()
    }

    #[test]
    fn fields_are_found_by_their_labels_beside_and_above() {
        let found = extract(&birth(), &[paper()]);

        assert_eq!(
            values(&found),
            [
                ("number", Some("12/2024"), 96),
                ("name", Some("VÀNG THỊ MAI"), 96),
                ("born_on", Some("2024-09-05"), 96),
                ("sex", Some("Nữ"), 96),
                ("id", Some("002324001234"), 96),
            ]
        );
        let name = found[1].region.unwrap();
        assert_eq!((name.page, name.left, name.top, name.width), (1, 200, 60, 145));
    }

    #[test]
    fn a_misread_label_is_still_known_and_an_unsure_word_makes_the_field_unsure() {
        let mut paper = page(&["Ngày, thàng, nâm sinb: 05/09/2024"]);
        paper.words.last_mut().unwrap().confidence = 51;

        assert_eq!(values(&extract(&birth(), &[paper]))[2], ("born_on", Some("2024-09-05"), 51));
    }

    #[test]
    fn what_is_not_of_its_kind_is_kept_and_doubted() {
        let found = extract(&birth(), &[page(&["Ngày, tháng, năm sinh: 31/02/2024"])]);

        assert_eq!(values(&found)[2], ("born_on", Some("31/02/2024"), DOUBTED));
    }

    #[test]
    fn nothing_is_made_up() {
        let found = extract(&birth(), &[page(&["ĐƠN XIN XÁC NHẬN"]), PageText::default()]);

        assert!(
            found
                .iter()
                .all(|field| field.value.is_none() && field.confidence == 0 && field.region.is_none())
        );
    }

    #[test]
    fn a_paper_is_recognised_by_its_title() {
        let marriage = PaperReading {
            code: "GT-KH".into(),
            titles: vec!["GIẤY CHỨNG NHẬN KẾT HÔN".into()],
            fields: vec![],
        };
        let types = [marriage, birth()];

        assert_eq!(recognise(&types, &[paper()]).map(|kind| kind.code.as_str()), Some("GT-KS"));
        assert_eq!(
            recognise(&types, &[page(&["GIẤY CHÚNG NHẬN KÊT HỒN"])]).map(|kind| kind.code.as_str()),
            Some("GT-KH")
        );
        assert!(recognise(&types, &[page(&["BIÊN LAI"])]).is_none());
    }
}
