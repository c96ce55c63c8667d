//! What was read of a page without its coloured ink, joined with what was read of the whole page.

use rules::papers::{PageText, Region, Word};

/// Words in colour that were read less surely than this are taken for parts of a seal or a signature.
const SURE: u8 = 60;

/// The words of the black print, and of the whole page those that stand where the print has none.
pub(super) fn joined(print: PageText, whole: PageText) -> PageText {
    let stands = |word: &Word| print.words.iter().any(|other| same_place(other.region, word.region));
    let coloured = whole.words.into_iter().filter(|word| word.confidence >= SURE && !stands(word));
    let coloured: Vec<Word> = coloured.collect();
    let mut lines = in_lines(print.words);
    for line in in_lines(coloured) {
        put(&mut lines, line);
    }
    let numbered = (0_u16..)
        .zip(lines)
        .flat_map(|(line, words)| words.into_iter().map(move |word| Word { line, ..word }));
    PageText { words: numbered.collect() }
}

fn same_place(one: Region, other: Region) -> bool {
    is_in(one, middle(other)) || is_in(other, middle(one))
}

fn middle(region: Region) -> (u16, u16) {
    (region.left.saturating_add(region.width / 2), region.top.saturating_add(region.height / 2))
}

fn is_in(region: Region, (x, y): (u16, u16)) -> bool {
    (region.left..=right(region)).contains(&x) && is_on_row(region, y)
}

fn is_on_row(region: Region, y: u16) -> bool {
    (region.top..=region.top.saturating_add(region.height)).contains(&y)
}

fn right(region: Region) -> u16 {
    region.left.saturating_add(region.width)
}

fn in_lines(words: Vec<Word>) -> Vec<Vec<Word>> {
    let mut lines: Vec<Vec<Word>> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.last().is_some_and(|last| last.line == word.line) => line.push(word),
            _ => lines.push(vec![word]),
        }
    }
    lines
}

/// Into the nearest line of the same row, by its place in it; a row of its own goes before the first line below it.
fn put(lines: &mut Vec<Vec<Word>>, line: Vec<Word>) {
    let Some(first) = line.first().map(|word| word.region) else { return };
    let (x, y) = middle(first);
    let on_row = lines.iter_mut().filter(|line| line.iter().any(|word| is_on_row(word.region, y)));
    let away = |line: &Vec<Word>| line.iter().map(|word| middle(word.region).0.abs_diff(x)).min();
    if let Some(nearest) = on_row.min_by_key(|line| away(line)) {
        nearest.extend(line);
        nearest.sort_by_key(|word| word.region.left);
        return;
    }
    let below = lines.iter().position(|line| line.first().is_some_and(|word| word.region.top > y));
    lines.insert(below.unwrap_or(lines.len()), line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, (left, top): (u16, u16), line: u16, confidence: u8) -> Word {
        let region = Region { page: 1, left, top, width: 50, height: 10 };
        Word { text: text.into(), confidence, region, line }
    }

    fn text(words: Vec<Word>) -> PageText {
        PageText { words }
    }

    #[test]
    fn print_under_a_seal_is_found_and_words_in_colour_keep_their_place() {
        let print = text(vec![
            word("Số:", (100, 100), 0, 95),
            word("/QĐ-UBND", (200, 101), 0, 95),
            word("PHÓ", (600, 800), 1, 90),
            word("CHỦ", (660, 800), 1, 90),
            word("Mẫu", (600, 900), 2, 90),
        ]);
        let whole = text(vec![
            word("Số:", (100, 100), 0, 95),
            word("148", (150, 102), 0, 70),
            word("QUYẾT", (400, 200), 1, 88),
            word("ĐỊNH", (460, 200), 1, 88),
            word("PHØ", (601, 799), 2, 61),
            word("#ụ", (500, 850), 3, 20),
        ]);

        let joined = joined(print, whole);

        assert_eq!(joined.lines(), ["Số: 148 /QĐ-UBND", "QUYẾT ĐỊNH", "PHÓ CHỦ", "Mẫu"]);
    }

    #[test]
    fn nothing_printed_in_black_leaves_what_is_in_colour() {
        let whole = text(vec![word("a", (1, 1), 4, 90), word("b", (1, 50), 5, 90)]);

        assert_eq!(joined(PageText::default(), whole.clone()).lines(), ["a", "b"]);
        assert_eq!(joined(whole.clone(), PageText::default()).lines(), ["a", "b"]);
    }
}
