//! What is taken and what is not: each bad file is built here, byte by byte.

use super::*;
use crate::trouble::Trouble;
use flate2::Compression;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use std::io::Write;

const PDF: &str = "application/pdf";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

fn code(bytes: &[u8], media_type: &str) -> &'static str {
    match examine(bytes, media_type, &Limits::default()) {
        Ok(_) => "taken",
        Err(Trouble::Paper { code, vi, en }) => {
            assert!(vi.contains(';') && en.contains(';'), "it does not say what to do: {vi} {en}");
            code
        }
        Err(other) => panic!("{other}"),
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A PDF of one page with further objects before its end.
fn pdf(objects: &[u8]) -> Vec<u8> {
    let mut all = b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n\
        2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n\
        3 0 obj << /Type /Page /Parent 2 0 R >> endobj\n"
        .to_vec();
    all.extend(objects);
    all.extend(b"\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n");
    all
}

fn with_stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("5 0 obj << {dictionary} >> stream\n").into_bytes();
    object.extend(bytes);
    object.extend(b"\nendstream endobj");
    pdf(&object)
}

#[test]
fn a_plain_paper_is_taken() {
    assert_eq!(
        examine(&pdf(b""), PDF, &Limits::default()),
        Ok(Examined { pages: Some(1), signed: false, text: false })
    );
    assert_eq!(code(&pdf(b"4 0 obj << /EncryptMetadata false >> endobj"), PDF), "taken");
}

#[test]
fn a_signature_is_seen_and_no_reason_against_a_paper() {
    let signed = pdf(b"4 0 obj << /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >> endobj");

    let seen = examine(&signed, PDF, &Limits::default()).unwrap();

    assert!(seen.signed);
}

#[test]
fn nothing_and_something_else_are_told() {
    assert_eq!(code(b"", PDF), "empty");
    assert_eq!(code(b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00", PDF), "wrong_type");
    assert_eq!(code(&pdf(b""), "image/png"), "wrong_type");
}

#[test]
fn a_paper_that_is_cut_off_or_has_no_pages_is_told() {
    let whole = pdf(b"");

    assert_eq!(code(&whole[..whole.len() - 12], PDF), "truncated");
    assert_eq!(code(b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF", PDF), "broken");
}

#[test]
fn a_locked_paper_is_not_taken() {
    assert_eq!(code(&pdf(b"trailer << /Root 1 0 R /Encrypt 9 0 R >>"), PDF), "encrypted");
}

#[test]
fn a_paper_that_acts_is_not_taken_however_its_names_are_written() {
    for body in [
        "<< /S /JavaScript /JS (app.alert(1)) >>",
        "<< /JS(x) >>",
        "<< /S /J#61vaScript >>",
        "<< /S /Launch /F (cmd) >>",
        "<< /Type /EmbeddedFile >> stream\nx\nendstream",
        "<< /Names << /EmbeddedFiles 3 0 R >> >>",
        "<< >> stream\nabc\nendstream << /JS 4 0 R >>",
        "<< /S /SubmitForm /F (http://a.example) >>",
    ] {
        assert_eq!(code(&pdf(body.as_bytes()), PDF), "active", "{body}");
    }
}

#[test]
fn what_acts_is_found_inside_packed_objects_too() {
    let objects = packed(b"7 0 << /S /JavaScript /JS (app.alert(1)) >>");

    assert_eq!(
        code(&with_stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &objects), PDF),
        "active"
    );
    assert_eq!(
        code(&with_stream("/Type/#4fbjStm /N 1/First 4/Filter[/FlateDecode]", &objects), PDF),
        "active"
    );
    assert_eq!(code(&with_stream("/N 1 /First 4 /Filter /Fl /Subtype /Image", &objects), PDF), "active");
    assert_eq!(code(&with_stream("/Type /ObjStm /N 1 /First 4", b"7 0 << /JS (x) >>"), PDF), "active");
    let plain = packed(b"7 0 << /Type /Page >>");
    assert_eq!(code(&with_stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &plain), PDF), "taken");
}

#[test]
fn packed_objects_that_cannot_be_looked_into_are_not_taken() {
    for filter in ["/LZWDecode", "[/ASCII85Decode /FlateDecode]", "8 0 R", "[9 0 R]"] {
        let hidden = with_stream(&format!("/Type /ObjStm /N 1 /First 4 /Filter {filter}"), b"x");
        assert_eq!(code(&hidden, PDF), "hidden", "{filter}");
    }
}

#[test]
fn two_letters_inside_a_picture_are_chance() {
    assert_eq!(code(&with_stream("/Length 9", b"xx/JS yy"), PDF), "taken");
}

#[test]
fn a_file_made_to_be_slow_is_looked_through_once() {
    let mut bytes = b"stream\n".to_vec();
    bytes.extend(b"/JS << stream ".repeat(1 << 18));

    // A look back at every name would take days: the test would never end.
    assert_eq!(code(&pdf(&bytes), PDF), "taken");
    bytes.extend(b"endstream /JS ");
    assert_eq!(code(&pdf(&bytes), PDF), "active");
}

#[test]
fn a_paper_that_unpacks_without_end_is_not_taken() {
    let limits = Limits { unpacked_mb: 1, ..Limits::default() };
    let bomb = with_stream("/Filter /FlateDecode", &packed(&vec![b'0'; 2 << 20]));

    let told = examine(&bomb, PDF, &limits).unwrap_err();

    assert!(matches!(told, Trouble::Paper { code: "bomb", .. }), "{told}");
    assert_eq!(
        code(&with_stream("/Subtype /Image /Width 90000 /Height 90000", b"x"), PDF),
        "too_large_picture"
    );
}

#[test]
fn ten_thousand_pages_are_to_be_split() {
    let many = String::from_utf8(pdf(b"")).unwrap().replace("/Count 1", "/Count 10000");

    let told = examine(many.as_bytes(), PDF, &Limits::default()).unwrap_err().to_string();

    assert!(told.contains("10000 trang") && told.contains("tách thành nhiều tệp"), "{told}");
    let outline = pdf(b"4 0 obj << /Type /Outlines /Count 9000 >> endobj");
    assert_eq!(code(&outline, PDF), "taken", "entries of the table of contents are no pages");
    let leaves = b"4 0 obj << /Type /Page >> endobj\n".repeat(600);
    let without_tree = [b"%PDF-1.7\n".as_slice(), &leaves, b"%%EOF"].concat();
    assert_eq!(code(&without_tree, PDF), "too_many_pages");
}

#[test]
fn a_paper_that_is_also_something_else_is_not_taken() {
    let archive = container(&[("a.txt", b"hello", false)]);

    assert_eq!(code(&[pdf(b""), archive.clone()].concat(), PDF), "polyglot");
    assert_eq!(code(&[pdf(b""), archive, b"%%EOF".to_vec()].concat(), PDF), "polyglot");
    assert_eq!(code(&pdf(b"% <!DOCTYPE html><script>alert(1)</script>"), PDF), "polyglot");
    let mut picture = png(4, 4);
    picture.splice(33..33, b"\0\0\0\x05tEXt%PDF-\0\0\0\0".to_vec());
    assert!(polyglot::is(&picture, "image/png"));
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let count = usize::try_from(width * height).unwrap();
    encoder.write_header().unwrap().write_image_data(&vec![255; count]).unwrap();
    bytes
}

#[test]
fn pictures_are_whole_and_of_a_size_that_can_be_worked_on() {
    let good = png(4, 4);
    assert_eq!(code(&good, "image/png"), "taken");
    assert_eq!(code(&good[..good.len() - 8], "image/png"), "truncated");
    assert_eq!(code(&good[..20], "image/png"), "broken");
    let mut bomb = good;
    bomb[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let crc = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(code(&bomb, "image/png"), "too_large_picture");
    assert_eq!(code(b"\xff\xd8\xff\xe0\x00\x10JFIF\0", "image/jpeg"), "broken");
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8)
            .fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (0_u32.wrapping_sub(crc & 1))))
    };
    !bytes.iter().fold(!0, step)
}

/// A ZIP of these parts; the last member says whether a part is to be deflated.
fn container(parts: &[(&str, &[u8], bool)]) -> Vec<u8> {
    let (mut all, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes, deflated) in parts {
        let stored = if *deflated {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        } else {
            bytes.to_vec()
        };
        let method = if *deflated { 8_u16 } else { 0 }.to_le_bytes();
        let sizes = [u32::try_from(stored.len()).unwrap().to_le_bytes(); 2].concat();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let at = u32::try_from(all.len()).unwrap().to_le_bytes();
        let header = |rest: &[u8]| [&[20, 0, 0, 0][..], &method, &[0; 8], &sizes, &length, rest].concat();
        directory.extend([b"PK\x01\x02\x14\0", &header(&[0; 12])[..], &at, name.as_bytes()].concat());
        all.extend([b"PK\x03\x04", &header(&[0, 0])[..], name.as_bytes(), &stored].concat());
    }
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    let size = u32::try_from(directory.len()).unwrap().to_le_bytes();
    let at = u32::try_from(all.len()).unwrap().to_le_bytes();
    all.extend(directory);
    all.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &size, &at, b"\0\0"].concat());
    all
}

/// As long as in a real document: its type is found by the names of its third and fourth part.
const TYPES: &[u8] = &[b' '; 200];

fn document(part: &str, bytes: &[u8]) -> Vec<u8> {
    container(&[
        ("[Content_Types].xml", TYPES, false),
        ("_rels/.rels", b"<r/>", true),
        ("word/document.xml", TYPES, false),
        (part, bytes, true),
    ])
}

#[test]
fn documents_are_unpacked_to_their_end_and_hold_no_macros() {
    assert_eq!(code(&document("word/media/1.txt", b"x"), WORD), "taken");
    assert_eq!(code(&document("word/vbaProject.bin", b"x"), WORD), "macros");
    let whole = document("word/media/1.txt", b"x");
    assert_eq!(code(&whole[..whole.len() - 30], WORD), "truncated");
    let limits = Limits { unpacked_mb: 1, ..Limits::default() };
    let bomb = document("word/media/1.txt", &vec![0; 4 << 20]);
    let told = examine(&bomb, WORD, &limits).unwrap_err();
    assert!(matches!(told, Trouble::Paper { code: "bomb", .. }), "{told}");
}
