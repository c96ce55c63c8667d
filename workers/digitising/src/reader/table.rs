//! The table that tesseract writes: level, page, block, paragraph, line, word, left, top, width, height, sure, text.

use rules::papers::{PageText, Region, Word};
use unicode_normalization::UnicodeNormalization;

/// The words of a table, in its order; rows that cannot be read are left out.
pub(super) fn read(table: &str, number: u32) -> PageText {
    let page = u16::try_from(number).unwrap_or(u16::MAX);
    let rows: Vec<Row<'_>> = table.lines().filter_map(Row::of).collect();
    let Some(whole) = rows.iter().find(|row| row.level == 1) else { return PageText::default() };
    let mut lines: Vec<[u32; 3]> = Vec::new();
    let mut words = Vec::new();
    for row in rows.iter().filter(|row| row.level == 5 && !row.text.trim().is_empty()) {
        if lines.last() != Some(&row.line) {
            lines.push(row.line);
        }
        words.push(Word {
            text: row.text.trim().nfc().collect(),
            confidence: row.sure,
            region: row.region(page, whole),
            line: u16::try_from(lines.len().saturating_sub(1)).unwrap_or(u16::MAX),
        });
    }
    PageText { words }
}

struct Row<'a> {
    level: u32,
    line: [u32; 3],
    left: u32,
    top: u32,
    width: u32,
    height: u32,
    sure: u8,
    text: &'a str,
}

impl<'a> Row<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let columns: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| columns.get(at)?.parse::<u32>().ok();
        let sure = columns.get(10)?.split('.').next()?.parse::<i32>().ok()?;
        Some(Self {
            level: number(0)?,
            line: [number(2)?, number(3)?, number(4)?],
            left: number(6)?,
            top: number(7)?,
            width: number(8)?,
            height: number(9)?,
            sure: u8::try_from(sure.clamp(0, 100)).ok()?,
            text: columns.get(11).copied().unwrap_or_default(),
        })
    }

    fn region(&self, page: u16, whole: &Row<'_>) -> Region {
        let part = |of: u32, whole: u32| {
            let thousandths = (u64::from(of) * 1000).checked_div(u64::from(whole)).unwrap_or(0);
            u16::try_from(thousandths.min(1000)).unwrap_or(1000)
        };
        Region {
            page,
            left: part(self.left, whole.width),
            top: part(self.top, whole.height),
            width: part(self.width, whole.width).max(1),
            height: part(self.height, whole.height).max(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lines_and_places_are_taken_from_the_table() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t2000\t1000\t-1\t\n\
            4\t1\t1\t1\t1\t0\t100\t50\t900\t40\t-1\t\n\
            5\t1\t1\t1\t1\t1\t100\t50\t400\t40\t96.6\tCo\u{302}\u{323}ng\n\
            5\t1\t1\t1\t1\t2\t600\t50\t400\t40\t61\thòa\n\
            5\t1\t1\t1\t2\t1\t100\t150\t400\t40\t12.5\txã\n\
            5\t1\t1\t1\t2\t2\t100\t150\t400\t40\t95\t \nnonsense\n";

        let read = read(table, 3);

        assert_eq!(read.lines(), ["Cộng hòa", "xã"]);
        let first = &read.words[0];
        assert_eq!((first.confidence, first.line), (96, 0));
        assert_eq!(first.region, Region { page: 3, left: 50, top: 50, width: 200, height: 40 });
        assert_eq!(read.words[2].line, 1);
    }
}
