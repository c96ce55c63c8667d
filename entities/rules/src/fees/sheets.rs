//! Sheets of comma-separated values: read from banks, written for accountants, never a formula (RFC 4180).

/// The cells of every line; the separator is the one that the first line uses. Fails with the line (from 1) where a
/// quote is not closed.
pub fn read(text: &str) -> Result<Vec<Vec<String>>, usize> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let separator = [';', '\t', ','].into_iter().find(|mark| first.contains(*mark)).unwrap_or(',');
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut line, mut opened) = (false, 1, 1);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        line += usize::from(letter == '\n');
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => (quoted, opened) = (true, line),
            _ if quoted => cell.push(letter),
            '\r' => {}
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            mark if mark == separator => row.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    if quoted {
        return Err(opened);
    }
    row.push(cell);
    rows.push(row);
    rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    Ok(rows)
}

/// One line of cells with its line end. What a spreadsheet would take for a formula is written as words; whole numbers
/// stay numbers.
pub fn line<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(text.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

fn cell(text: &str) -> String {
    let number = text.parse::<i64>().is_ok() && !text.starts_with('+');
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%']) && !number;
    let safe = if formula { format!("'{text}") } else { text.to_owned() };
    if safe.contains(['"', ',', ';', '\n', '\r', '\t']) {
        return format!("\"{}\"", safe.replace('"', "\"\""));
    }
    safe
}

/// Đồng out of a cell: digits with points, commas or blanks between thousands; never a fraction.
pub fn amount(cell: &str) -> Option<i64> {
    let text = cell.trim().trim_end_matches(['đ', '₫']).trim_end_matches("VND").trim();
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let groups: Vec<&str> = digits.trim_start_matches('+').split(['.', ',', ' ', '\u{a0}']).collect();
    let (head, rest) = groups.split_first()?;
    let grouped =
        rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || (1..=3).contains(&head.len()));
    let whole =
        groups.iter().all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    let sum = groups.concat().parse::<i64>().ok().filter(|_| grouped && whole)?;
    Some(sign * sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_read_with_quotes_and_either_separator() {
        let rows = read("\u{feff}a;b\r\n\"x;\"\"y\"\"\";1\n\n;\n").unwrap();

        assert_eq!(rows, [vec!["a", "b"], vec!["x;\"y\"", "1"]]);
        assert_eq!(read("a,b\n\"open,1\n2"), Err(2));
        assert_eq!(read("").unwrap(), Vec::<Vec<String>>::new());
    }

    #[test]
    fn nothing_written_is_a_formula() {
        for (text, written) in [
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+84", "'+84"),
            ("-500", "-500"),
            ("-500+1", "'-500+1"),
            ("@cmd", "'@cmd"),
            ("\t=1", "\"'\t=1\""),
            ("Nguyễn, Văn", "\"Nguyễn, Văn\""),
        ] {
            assert_eq!(line([text]), format!("{written}\r\n"), "{text}");
        }
    }

    #[test]
    fn f_07_an_amount_is_whole_dong_or_nothing() {
        for (text, sum) in [
            ("12000", Some(12_000)),
            ("12.000", Some(12_000)),
            ("1,234,567 VND", Some(1_234_567)),
            ("-5.000 đ", Some(-5_000)),
            ("12000.50", None),
            ("12.00", None),
            ("1e3", None),
            ("", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(amount(text), sum, "{text}");
        }
    }
}
