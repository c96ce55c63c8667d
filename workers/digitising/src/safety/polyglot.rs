//! Files that are two things at once, so that one program shows what another does not check.

/// Whether a file of this type is at the same time an archive, a page of the web, a PDF or a program.
pub(super) fn is(bytes: &[u8], media_type: &str) -> bool {
    let office = media_type.starts_with(super::OFFICE);
    (!office && is_archive(bytes)) || hides_a_pdf(bytes, media_type) || is_page_of_the_web(bytes)
}

/// The end of a ZIP's directory, found as every unpacker finds it: from the end, its comment reaching the end.
fn is_archive(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"PK\x05\x06";
    let from = bytes.len().saturating_sub(22 + 65_535);
    let tail = bytes.get(from..).unwrap_or_default();
    let ends = tail.windows(22).enumerate().filter(|(_, end)| end.starts_with(MARK));
    ends.into_iter().any(|(at, end)| {
        let [.., low, high] = end else { return false };
        let comment = usize::from(u16::from_le_bytes([*low, *high]));
        // Programs that unpack forgive what follows the comment; a mark by chance has no directory before it.
        at + 22 + comment <= tail.len() && has_directory(bytes, from + at)
    })
}

fn has_directory(bytes: &[u8], end: usize) -> bool {
    let before = bytes.get(..end).unwrap_or_default();
    before.windows(4).any(|window| window == b"PK\x01\x02")
}

/// Readers of PDF look for the header in the first kilobyte.
fn hides_a_pdf(bytes: &[u8], media_type: &str) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    media_type != "application/pdf" && head.windows(5).any(|window| window == b"%PDF-")
}

const TAGS: [&[u8]; 4] = [b"<!doctype html", b"<html", b"<script", b"<?php"];

/// Browsers look at the first kilobyte; behind the end of the real file anything may stand.
fn is_page_of_the_web(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let tail = bytes.get(bytes.len().saturating_sub(4096)..).unwrap_or_default();
    [head, tail].iter().any(|part| {
        let lower = part.to_ascii_lowercase();
        TAGS.iter().any(|tag| lower.windows(tag.len()).any(|window| window == *tag))
    })
}
