//! A PDF with a place for a signature, and how the place is filled.

/// A page of text with one signature field; `form` is its `SubFilter`.
pub(crate) fn signed(form: &str, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let before = b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n\
        2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\n"
        .to_vec();
    fill(before, form, sign)
}

/// A further revision of a paper with a signature of its own.
pub(crate) fn signed_again(pdf: Vec<u8>, form: &str, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    fill(pdf, form, sign)
}

/// Room for a message, in hexadecimal digits.
const ROOM: usize = 24_000;

fn fill(mut pdf: Vec<u8>, form: &str, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    pdf.extend(
        format!(
            "3 0 obj << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /{form} /M (D:20250709084447+07'00') \
             /ByteRange [0 AAAAAAAAAA BBBBBBBBBB CCCCCCCCCC] /Contents "
        )
        .into_bytes(),
    );
    let gap = pdf.len();
    pdf.extend(b"<");
    pdf.extend(std::iter::repeat_n(b'0', ROOM));
    pdf.extend(b">");
    let from = pdf.len();
    pdf.extend(b" >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n");
    let (first, second) = (gap, pdf.len() - from);
    for (place, number) in [("AAAAAAAAAA", first), ("BBBBBBBBBB", from), ("CCCCCCCCCC", second)] {
        let at = pdf.windows(10).rposition(|window| window == place.as_bytes()).unwrap();
        pdf[at..at + 10].copy_from_slice(format!("{number:<10}").as_bytes());
    }
    let covered = [&pdf[..gap], &pdf[from..]].concat();
    let message: String = sign(&covered).iter().map(|byte| format!("{byte:02x}")).collect();
    pdf[gap + 1..gap + 1 + message.len()].copy_from_slice(message.as_bytes());
    pdf
}
