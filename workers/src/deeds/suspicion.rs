//! What of a file's bytes gives reason to keep it back: passwords and content that acts by itself.
//!
//! Simple looks at the bytes, on the careful side. What hides inside compressed streams is not seen here.

/// Why a file of this type is kept back, in words for the uploader; nothing when no reason is seen.
pub(super) fn suspicion(media_type: &str, bytes: &[u8]) -> Option<&'static str> {
    match media_type {
        "application/pdf" => pdf(bytes),
        office if office.starts_with("application/vnd.openxmlformats-officedocument.") => macros(bytes),
        _ => None,
    }
}

const LOCKED: &str = "Tệp PDF có mật khẩu hoặc bị mã hóa; hãy gửi bản không khóa. / \
    The PDF is encrypted; please send one without a password.";
const ACTIVE: &str = "Tệp PDF có mã lệnh, tệp đính kèm hoặc nội dung tự chạy; hãy in lại thành PDF thường. / \
    The PDF holds scripts, attachments or content that acts by itself; please print it to a plain PDF.";
const MACROS: &str = "Tệp văn bản có macro; hãy lưu lại không có macro. / \
    The document holds macros; please save it without them.";

/// Names that stand for active content (ISO 32000 §7.11.4, §12.6.4).
const ACTIVE_NAMES: [&[u8]; 5] = [b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia"];

fn pdf(bytes: &[u8]) -> Option<&'static str> {
    let (mut active, mut inside) = (false, false);
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b's' && bytes.get(at..).is_some_and(|rest| rest.starts_with(b"stream")) {
            inside = !bytes.get(..at).is_some_and(|before| before.ends_with(b"end"));
        }
        if *byte != b'/' {
            continue;
        }
        let name = name(bytes.get(at + 1..).unwrap_or_default());
        if name == b"Encrypt" {
            return Some(LOCKED);
        }
        // Two letters turn up by chance in a compressed picture: such a name counts only outside of streams.
        active = active || ACTIVE_NAMES.contains(&name.as_slice()) || (name == b"JS" && !inside);
    }
    active.then_some(ACTIVE)
}

/// The name at the beginning of `rest`, its `#xx` escapes undone (ISO 32000 §7.3.5), as far as the longest of ours.
fn name(rest: &[u8]) -> Vec<u8> {
    let mut name = Vec::new();
    let mut rest = rest;
    while let [letter, after @ ..] = rest {
        if !is_regular(*letter) || name.len() > 16 {
            break;
        }
        let escaped = after.get(..2).filter(|_| *letter == b'#').and_then(|digits| hex::decode(digits).ok());
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
        name.push(escaped.and_then(|decoded| decoded.first().copied()).unwrap_or(*letter));
    }
    name
}

fn is_regular(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"()<>[]{}/%".contains(&byte)
}

fn last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|window| window == word)
}

/// Names of the parts of a document stand uncompressed in its container.
fn macros(bytes: &[u8]) -> Option<&'static str> {
    last(bytes, b"vbaProject.bin").map(|_| MACROS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_made_to_be_slow_is_looked_through_once() {
        let mut bytes = b"%PDF-1.7\nstream\n".to_vec();
        bytes.extend(b"/JS ".repeat(2 << 20));

        // A look back at every name would take days: the test would never end.
        assert_eq!(suspicion("application/pdf", &bytes), None);
        bytes.extend(b"endstream /JS ");
        assert_eq!(suspicion("application/pdf", &bytes), Some(ACTIVE));
    }

    fn of_pdf(body: &str) -> Option<&'static str> {
        suspicion("application/pdf", format!("%PDF-1.7\n{body}\n%%EOF").as_bytes())
    }

    #[test]
    fn a_plain_paper_goes_out() {
        assert_eq!(of_pdf("1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj trailer << /Size 3 >>"), None);
        assert_eq!(suspicion("image/png", b"\x89PNG /JavaScript"), None);
    }

    #[test]
    fn a_locked_paper_is_kept_back() {
        assert_eq!(of_pdf("trailer << /Root 1 0 R /Encrypt 9 0 R >>"), Some(LOCKED));
        assert_eq!(of_pdf("<< /EncryptMetadata false >>"), None);
    }

    #[test]
    fn a_paper_that_acts_is_kept_back_however_its_names_are_written() {
        for body in [
            "<< /S /JavaScript /JS (app.alert(1)) >>",
            "<< /JS(x) >>",
            "<< /S /J#61vaScript >>",
            "<< /S /Launch /F (cmd) >>",
            "<< /Type /EmbeddedFile >> stream\nx\nendstream",
            "<< /Names << /EmbeddedFiles 3 0 R >> >>",
            "stream\nabc\nendstream << /JS 4 0 R >>",
        ] {
            assert_eq!(of_pdf(body), Some(ACTIVE), "{body}");
        }
    }

    #[test]
    fn two_letters_inside_a_picture_are_chance() {
        assert_eq!(of_pdf("<< /Length 9 >> stream\nxx/JS yy\nendstream"), None);
    }

    #[test]
    fn a_document_with_macros_is_kept_back() {
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

        assert_eq!(suspicion(word, b"PK\x03\x04word/vbaProject.bin"), Some(MACROS));
        assert_eq!(suspicion(word, b"PK\x03\x04word/document.xml"), None);
    }
}
