//! Where the signatures of a PDF stand (ISO 32000 §12.8.1): the bytes each covers and the message in the gap.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// One signature dictionary.
#[derive(Debug)]
pub(super) struct Located<'a> {
    /// What was signed: before the gap and after it.
    pub(super) covered: [&'a [u8]; 2],
    /// The message in the gap; none when the gap is not exactly one.
    pub(super) message: Option<Vec<u8>>,
    /// Where the covered bytes end.
    pub(super) end: usize,
    /// `SubFilter`, such as `adbe.pkcs7.detached`.
    pub(super) form: Option<String>,
    /// `M`: the time as the dictionary says it.
    pub(super) told_at: Option<DateTime<Utc>>,
}

/// Most places looked at; a paper with more is made to keep the machine busy.
const MOST: usize = 64;

/// All signatures in the order of their ends; a place kept for one that was never made is none.
pub(super) fn signatures(pdf: &[u8]) -> Vec<Located<'_>> {
    let mut found: Vec<Located<'_>> =
        places(pdf, b"/ByteRange").take(MOST).filter_map(|at| located(pdf, at)).collect();
    found.sort_by_key(|one| one.end);
    found
}

fn places<'a>(bytes: &'a [u8], word: &'static [u8]) -> impl Iterator<Item = usize> + 'a {
    let ends = bytes.windows(word.len()).enumerate().filter(move |(_, window)| *window == word);
    ends.map(|(at, _)| at)
}

fn located(pdf: &[u8], at: usize) -> Option<Located<'_>> {
    let [start, first, from, second] = range(pdf.get(at + b"/ByteRange".len()..)?)?;
    let object = object(pdf, at);
    // A text that merely speaks of byte ranges stands in no dictionary of a signature.
    if !holds(object, b"/Contents") || !holds(object, b"/Filter") {
        return None;
    }
    let (gap, end) = (start.checked_add(first)?, from.checked_add(second)?);
    let covered = [pdf.get(start..gap).unwrap_or_default(), pdf.get(from..end).unwrap_or_default()];
    let within = start == 0 && gap <= from && end <= pdf.len();
    let message = pdf.get(gap..from).filter(|_| within).and_then(unhex);
    Some(Located { covered, message, end, form: name_after(object, b"/SubFilter"), told_at: told_at(object) })
}

/// The four numbers of the range; nothing for a place that was never filled in.
fn range(after: &[u8]) -> Option<[usize; 4]> {
    let open = after.iter().take(16).position(|byte| *byte == b'[')?;
    let inside = after.get(open + 1..)?;
    let close = inside.iter().take(80).position(|byte| *byte == b']')?;
    let text = std::str::from_utf8(inside.get(..close)?).ok()?;
    let numbers: Option<Vec<usize>> = text.split_ascii_whitespace().map(|word| word.parse().ok()).collect();
    numbers?.try_into().ok()
}

/// The object around a place: from the `obj` before it to the `endobj` after it.
fn object(pdf: &[u8], at: usize) -> &[u8] {
    const FAR: usize = 4 << 20;
    let back = at.saturating_sub(FAR);
    let before = pdf.get(back..at).unwrap_or_default();
    let start = before.windows(4).rposition(|window| window == b" obj").map_or(back, |found| back + found);
    let after = pdf.get(at..).unwrap_or_default();
    let end = after.windows(6).take(FAR).position(|window| window == b"endobj");
    pdf.get(start..end.map_or(pdf.len(), |found| at + found)).unwrap_or_default()
}

fn holds(object: &[u8], word: &[u8]) -> bool {
    object.windows(word.len()).any(|window| window == word)
}

/// The gap is one string of hexadecimal digits in angle brackets and nothing else.
fn unhex(gap: &[u8]) -> Option<Vec<u8>> {
    let digits = gap.strip_prefix(b"<")?.strip_suffix(b">")?;
    hex::decode(digits).ok()
}

fn name_after(object: &[u8], key: &[u8]) -> Option<String> {
    let at = object.windows(key.len()).position(|window| window == key)?;
    let after = object.get(at + key.len()..)?.trim_ascii_start().strip_prefix(b"/")?;
    let end = after.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'.')?;
    String::from_utf8(after.get(..end)?.to_vec()).ok()
}

/// `/M (D:20250709084447+07'00')`; without an offset the time is of no known zone and is left out.
fn told_at(object: &[u8]) -> Option<DateTime<Utc>> {
    let at = object.windows(5).position(|window| window == b"/M(D:" || window == b"/M (D")?;
    let text = object.get(at..object.len().min(at + 40))?;
    let text = std::str::from_utf8(text.get(..text.iter().position(|byte| *byte == b')')?)?).ok()?;
    let (_, text) = text.split_once("D:")?;
    let (local, zone) = text.split_at_checked(14)?;
    let offset = match zone.get(..1) {
        Some("Z") => FixedOffset::east_opt(0)?,
        Some(sign @ ("+" | "-")) => {
            let digits: String = zone.chars().filter(char::is_ascii_digit).take(4).collect();
            let hours: i32 = digits.get(..2)?.parse().ok()?;
            let minutes: i32 = digits.get(2..4).unwrap_or("0").parse().ok()?;
            let seconds = (hours * 60 + minutes) * 60;
            FixedOffset::east_opt(if sign == "-" { -seconds } else { seconds })?
        }
        _ => return None,
    };
    let part = |from: usize, to: usize| local.get(from..to).and_then(|digits| digits.parse::<u32>().ok());
    let day = NaiveDate::from_ymd_opt(local.get(..4)?.parse().ok()?, part(4, 6)?, part(6, 8)?)?;
    let time = day.and_hms_opt(part(8, 10)?, part(10, 12)?, part(12, 14)?)?;
    Some(time.and_local_timezone(offset).single()?.with_timezone(&Utc))
}
