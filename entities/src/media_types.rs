//! What a file is, found in its bytes and never in its name.

/// Types that papers may have.
const TAKEN: [&str; 6] = [
    "application/pdf",
    "image/jpeg",
    "image/png",
    "image/tiff",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

/// The type of a file that begins with `head`; fails with the type that was found when it is not taken.
pub fn taken(head: &[u8]) -> Result<&'static str, &'static str> {
    let found = infer::get(head).map_or("application/octet-stream", |kind| kind.mime_type());
    TAKEN.into_iter().find(|t| *t == found && (*t != "application/pdf" || is_pdf(head))).ok_or(found)
}

/// The header stands at the very start with a version that exists (ISO 32000 §7.5.2); readers that forgive more let
/// other formats hide before it.
fn is_pdf(head: &[u8]) -> bool {
    [b"%PDF-1.".as_slice(), b"%PDF-2.".as_slice()].iter().any(|header| head.starts_with(header))
        && head.get(7).is_some_and(u8::is_ascii_digit)
}
