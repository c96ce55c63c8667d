//! What a paper is, by the title printed on it.

use super::lines::{Line, Run, lines};
use super::phrases::Phrase;
use super::reading::PageText;
use super::types::PaperReading;

/// The type whose title stands on the first page; the earliest title counts, the longer one of two at one place.
///
/// A title is printed in capitals at the beginning of a line or column, over several lines if need be. The same words
/// in a sentence, or behind those of an application for such a paper, name no type.
pub fn recognise<'a>(types: &'a [PaperReading], pages: &[PageText]) -> Option<&'a PaperReading> {
    let lines = lines(pages.first());
    let titles: Vec<(&PaperReading, Phrase)> = types
        .iter()
        .flat_map(|kind| kind.titles.iter().map(move |title| (kind, Phrase::of(title))))
        .collect();
    (0..lines.len()).find_map(|n| {
        if n.checked_sub(1).and_then(|above| lines.get(above)).is_some_and(|above| applies(above)) {
            return None;
        }
        let here: Vec<Run> = lines.iter().skip(n).take(LINES).flat_map(|line| line.runs.clone()).collect();
        let placed =
            titles.iter().filter_map(|(kind, title)| Some((worth(lines.get(n)?, &here, title)?, *kind)));
        placed.max_by_key(|(worth, _)| *worth).map(|(_, kind)| kind)
    })
}

/// Lines that a title takes at most.
const LINES: usize = 4;

/// How well a title fits at a line: its length, less what was misread; none where it does not stand there as a title.
fn worth(line: &Line<'_>, here: &[Run], title: &Phrase) -> Option<isize> {
    let starts = (0..line.runs.len()).filter(|start| line.begins(*start));
    let seen = starts.filter_map(|start| {
        let seen = title.at(here, start)?;
        in_capitals(here.get(start..seen.end)?).then_some(seen)
    });
    let worths =
        seen.filter_map(|seen| isize::try_from(title.length()).ok()?.checked_sub_unsigned(4 * seen.misread));
    worths.max()
}

/// Four letters in five at least are capitals.
fn in_capitals(runs: &[Run]) -> bool {
    let letters = || runs.iter().flat_map(|run| run.raw.chars()).filter(|letter| letter.is_alphabetic());
    letters().filter(|letter| letter.is_uppercase()).count() * 5 >= letters().count() * 4
}

/// Whether a line begins the title of what asks for a paper or speaks about one: the title goes on in the next line.
fn applies(line: &Line<'_>) -> bool {
    let asks = ASKING.iter().any(|words| Phrase::of(words).at(&line.runs, 0).is_some());
    asks && in_capitals(&line.runs)
}

/// First words of titles of applications and of what is said about papers.
const ASKING: [&str; 11] = [
    "ĐƠN",
    "TỜ KHAI",
    "BẢN KHAI",
    "GIẤY ĐỀ NGHỊ",
    "VĂN BẢN ĐỀ NGHỊ",
    "PHIẾU YÊU CẦU",
    "HỢP ĐỒNG",
    "THÔNG BÁO",
    "QUYẾT ĐỊNH",
    "BIÊN BẢN",
    "TỜ TRÌNH",
];
