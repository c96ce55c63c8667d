//! Fields found on a read paper by the labels printed beside them, each with its place and how sure it is.

use super::pagewide::{dated, shaped};
use super::pieces::{Made, Piece, made};
use super::reading::{PageText, Region};
use super::sheet::{Place, Sheet};
use super::types::{FieldRule, PaperReading};

/// One field as it was found, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extracted {
    /// Key of the field.
    pub name: String,
    /// What stands there; none where no label was found or nothing stands beside it.
    pub value: Option<String>,
    /// How sure, 0 to 100: the least sure word, doubted further when the value is not of its kind, when the label was
    /// misread, or when the value was found by less than a label beside it.
    pub confidence: u8,
    /// Where it stands; a value always has one.
    pub region: Option<Region>,
}

/// A value that is not of its kind is never surer than this, so that a person looks.
const DOUBTED: u8 = 40;
/// A value below its label is never surer than this.
const BELOW: u8 = 90;
/// A value over more lines than one is never surer than this.
const CONTINUED: u8 = 85;

/// Finds the fields of a type on its pages.
pub fn extract(kind: &PaperReading, pages: &[PageText]) -> Vec<Extracted> {
    let sheet = Sheet::of(kind, pages);
    kind.fields.iter().map(|field| find(field, &sheet)).collect()
}

fn find(field: &FieldRule, sheet: &Sheet<'_>) -> Extracted {
    let read: Vec<Made> = sheet.places(field).iter().filter_map(|place| read(field, sheet, place)).collect();
    let labelled = read.iter().find(|made| made.fits).or(read.first()).cloned();
    let found = labelled
        .or_else(|| field.dated.then(|| dated(field, sheet)).flatten())
        .or_else(|| shaped(field, sheet))
        .map(|made| ordered(field, sheet, made));
    let confidence =
        found.as_ref().map_or(0, |made| if made.fits { made.sure } else { made.sure.min(DOUBTED) });
    let region = found.as_ref().map(|made| made.region);
    Extracted { name: field.name.clone(), value: found.map(|made| made.text), confidence, region }
}

/// A field that stands above another one is doubted where that one was not found, for it might stand below.
fn ordered(field: &FieldRule, sheet: &Sheet<'_>, made: Made) -> Made {
    let lost = !field.above.is_empty() && sheet.first(&field.above).is_none();
    if lost { capped(made, DOUBTED) } else { made }
}

/// What stands beside a label, or below it where nothing fitting stands beside.
fn read(field: &FieldRule, sheet: &Sheet<'_>, place: &Place) -> Option<Made> {
    let beside = sheet.beside(place);
    let made_beside = made(field.kind, &beside);
    if made_beside.as_ref().is_some_and(|made| made.fits) {
        let found = over_lines(field, sheet, (place, Sheet::line_of(place)), beside);
        return found.map(|made| capped(made, place.mark.cap));
    }
    let below = sheet.below(place).and_then(|(line, pieces)| over_lines(field, sheet, (place, line), pieces));
    let below = below.map(|made| capped(made, place.mark.cap.min(BELOW)));
    let better = below.filter(|below| below.fits || made_beside.is_none());
    better.or(made_beside.map(|made| capped(made, place.mark.cap)))
}

/// A value with the lines on which it goes on, as many as its rule allows.
fn over_lines<'a>(
    field: &FieldRule,
    sheet: &Sheet<'a>,
    (place, line): (&Place, usize),
    mut all: Vec<Piece<'a>>,
) -> Option<Made> {
    let mut cap = 100;
    for more in 1..usize::from(field.lines.unwrap_or(1)) {
        let Some(next) = sheet.continued(line + more - 1, place) else { break };
        all.extend(next);
        cap = CONTINUED;
    }
    made(field.kind, &all).map(|made| capped(made, cap))
}

fn capped(made: Made, cap: u8) -> Made {
    Made { sure: made.sure.min(cap), ..made }
}

#[cfg(test)]
mod tests {
    use super::super::reading::Word;
    use super::*;
    use serde_json::json;

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

    fn birth() -> PaperReading {
        let field = |name: &str, kind: &str, labels: &[&str]| json!({"name": name, "vi": name, "en": name, "kind": kind, "labels": labels});
        let fields = [
            field("number", "number", &["Số"]),
            field("name", "name", &["Họ, chữ đệm, tên", "Họ và tên"]),
            field("born_on", "date", &["Ngày, tháng, năm sinh"]),
            field("sex", "text", &["Giới tính"]),
            field("id", "personal_id", &["Số định danh cá nhân"]),
        ];
        serde_json::from_value(json!({"code": "GT-KS", "fields": fields})).unwrap()
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
                ("id", Some("002324001234"), BELOW),
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
}
