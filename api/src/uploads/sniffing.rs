//! What a file is, found in its bytes and never in its name.

use crate::problems::{Code, Problem};

/// Types that papers may have.
const TAKEN: [&str; 6] = [
    "application/pdf",
    "image/jpeg",
    "image/png",
    "image/tiff",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

/// The type of a file that begins with `head`; 422 `file_type_refused` for any that is not taken.
pub(super) fn media_type(head: &[u8]) -> Result<&'static str, Problem> {
    let found = infer::get(head).map(|kind| kind.mime_type()).unwrap_or("application/octet-stream");
    let taken = TAKEN.into_iter().find(|t| *t == found && (*t != "application/pdf" || is_pdf(head)));
    taken.ok_or_else(|| {
        Problem::new(Code::FileTypeRefused).because(
            format!("Nội dung tệp là {found}, không phải PDF, ảnh hay văn bản được nhận."),
            format!("The bytes are {found}, which is not a PDF, an image or a document that is taken."),
        )
    })
}

/// The header stands at the very start with a version that exists (ISO 32000 §7.5.2); readers that forgive more let
/// other formats hide before it.
fn is_pdf(head: &[u8]) -> bool {
    [b"%PDF-1.".as_slice(), b"%PDF-2.".as_slice()].iter().any(|header| head.starts_with(header))
        && head.get(7).is_some_and(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_not_a_paper_whatever_it_is_called() {
        assert_eq!(media_type(b"%PDF-1.7\n%\xe2\xe3").unwrap(), "application/pdf");
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n").unwrap(), "image/png");
        let refused: [&[u8]; 5] = [b"MZ\x90\x00", b"\x7fELF\x02", b"<html>", b"%PDF-x", b""];
        for head in refused {
            assert_eq!(media_type(head).unwrap_err().code(), Code::FileTypeRefused);
        }
    }
}
