//! What an uploaded file is, found in its bytes and never in its name.

use crate::problems::{Code, Problem};
use entities::media_types;

/// The type of a file that begins with `head`; 422 `file_type_refused` for any that is not taken.
pub(super) fn media_type(head: &[u8]) -> Result<&'static str, Problem> {
    media_types::taken(head).map_err(|found| {
        Problem::new(Code::FileTypeRefused).because(
            format!("Nội dung tệp là {found}, không phải PDF, ảnh hay văn bản được nhận."),
            format!("The bytes are {found}, which is not a PDF, an image or a document that is taken."),
        )
    })
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
