//! Papers that are broken or mean harm: each is refused with its own code and with what to do, before and behind the door.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use digitising::pages::Paper;
use digitising::safety::{self, Limits};
use digitising::tools::Tools;
use digitising::trial::{self, Look, PAGES};
use digitising::trouble::Trouble;
use flate2::{Compression, write::ZlibEncoder};
use std::io::Write;

const PDF: &str = "application/pdf";
/// As in the office, but a bomb is one from 8 MB on.
const LIMITS: Limits = Limits { pages: 500, pixels: 64_000_000, unpacked_mb: 8 };

/// What it is, its bytes, the type it was handed in as, the code it is refused with.
type Bad = (&'static str, Vec<u8>, &'static str, &'static str);

fn printed() -> Vec<u8> {
    trial::printed(PAGES[0], &Look::clean()).unwrap()
}

/// A PDF of one page with further objects.
fn with(objects: &[u8]) -> Vec<u8> {
    let mut all = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        .to_vec();
    all.extend(objects);
    all.extend(b"\ntrailer<</Root 1 0 R>>\n%%EOF\n");
    all
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A stream of packed objects (ISO 32000 §7.5.7).
fn objects_packed(bytes: &[u8]) -> Vec<u8> {
    let packed = packed(bytes);
    let head = format!("9 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {}>>", packed.len());
    with(&[head.as_bytes(), b"stream\n", &packed, b"\nendstream endobj"].concat())
}

/// Locked with a password that nobody knows.
fn locked() -> Vec<u8> {
    let key = "5a".repeat(32);
    let objects = format!("4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<{key}>/U<{key}>>>endobj\n");
    let open = String::from_utf8(with(objects.as_bytes())).unwrap();
    open.replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]").into_bytes()
}

fn of_pages(count: usize) -> Vec<u8> {
    let kids: String = (3..count + 3).map(|page| format!("{page} 0 R ")).collect();
    let pages: String = (3..count + 3)
        .map(|page| format!("{page} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"))
        .collect();
    format!(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Kids[{kids}]/Count {count}>>endobj\n{pages}trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    .into_bytes()
}

/// A ZIP with one empty file.
fn archive() -> Vec<u8> {
    let part = |mark: &[u8], rest: usize| [mark, &vec![0; rest], b"a"].concat();
    let (mut local, mut directory) = (part(b"PK\x03\x04", 26), part(b"PK\x01\x02", 42));
    local.splice(26..28, [1, 0]);
    directory.splice(28..30, [1, 0]);
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &[47, 0, 0, 0, 31, 0, 0, 0, 0, 0]].concat();
    [local, directory, end].concat()
}

/// A picture of four pixels that says it has `side` times `side`.
fn picture(side: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer.write_chunk(png::chunk::IDAT, &packed(&[0; 6])).unwrap();
    drop(writer);
    bytes
}

/// A packed profile of colours, many times larger than the picture that it is for.
fn picture_with_heavy_profile() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 2, 2);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    let profile = [b"x\0\0".as_slice(), &packed(&vec![0; 96 << 20])].concat();
    writer.write_chunk(png::chunk::iCCP, &profile).unwrap();
    writer.write_image_data(&[255; 4]).unwrap();
    drop(writer);
    bytes
}

async fn bad_papers() -> Vec<Bad> {
    let scan = trial::scanned(&Tools::default(), PAGES[0], &Look::clean()).await.unwrap();
    let half = |bytes: &[u8]| bytes.iter().take(bytes.len() / 2).copied().collect::<Vec<u8>>();
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let action = |action: &str| with(format!("4 0 obj<<{action}>>endobj").as_bytes());
    let script = b"4 0 <</S/JavaScript/JS(app.alert\\(1\\))>>";
    let mut bomb = vec![b' '; 16 << 20];
    bomb.extend(script);
    vec![
        ("nothing", Vec::new(), PDF, "empty"),
        ("a program named as PDF", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff".to_vec(), PDF, "wrong_type"),
        ("a picture named as PDF", scan.clone(), PDF, "wrong_type"),
        ("a PDF named as picture", printed(), "image/png", "wrong_type"),
        ("an archive named as document", archive(), word, "wrong_type"),
        ("half a PDF", half(&printed()), PDF, "truncated"),
        ("half a photograph", half(&scan), "image/jpeg", "truncated"),
        ("a PDF with a password", locked(), PDF, "encrypted"),
        ("a PDF of 10,000 pages", of_pages(10_000), PDF, "too_many_pages"),
        ("a bomb in packed objects", objects_packed(&bomb), PDF, "bomb"),
        ("a picture of 3.6 thousand million pixels", picture(60_000), "image/png", "too_large_picture"),
        ("a script on opening", action("/S/JavaScript/JS(app.alert\\(1\\))"), PDF, "active"),
        ("a program on opening", action("/S/Launch/F(cmd.exe)"), PDF, "active"),
        ("a form that computes", action("/XFA[(template) 5 0 R]"), PDF, "active"),
        ("a script in packed objects", objects_packed(script), PDF, "active"),
        ("a PDF that is an archive", [printed(), archive()].concat(), PDF, "polyglot"),
        ("a PDF that is a page", with(b"%<html><script>alert(1)</script>"), PDF, "polyglot"),
    ]
}

#[tokio::test]
async fn each_is_refused_with_a_stable_code_and_what_to_do() {
    for (what, bytes, media_type, expected) in bad_papers().await {
        match safety::examine(&bytes, media_type, &LIMITS) {
            Err(Trouble::Paper { code, vi, en }) => {
                assert_eq!(code, expected, "{what}");
                assert!(vi.contains("; hãy ") && en.contains("; please "), "{what}: {vi} / {en}");
            }
            other => panic!("{what}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn none_brings_the_making_of_pages_down_either() {
    let tools = Tools::default();
    for (what, bytes, media_type, expected) in bad_papers().await {
        let ended = match Paper::open(&tools, &LIMITS, &bytes, media_type).await {
            Ok(paper) => paper.page(1).await.map(|page| page.number),
            Err(trouble) => Err(trouble),
        };
        match (expected, ended) {
            // Nothing in them acts while poppler draws them, and what is drawn is a picture.
            ("active" | "polyglot" | "bomb", ended) => assert_eq!(ended, Ok(1), "{what}"),
            ("encrypted" | "too_many_pages" | "too_large_picture", Err(Trouble::Paper { code, .. })) => {
                assert_eq!(code, expected, "{what}");
            }
            // A photograph cut in half shows its upper half; what is no paper has no pages.
            (_, Ok(_) | Err(Trouble::Paper { .. })) => {}
            (_, Err(other)) => panic!("{what}: {other}"),
        }
    }
}

#[tokio::test]
async fn a_heavy_profile_in_a_small_picture_does_no_harm() {
    let bytes = picture_with_heavy_profile();
    assert!(bytes.len() < 1 << 20, "{}", bytes.len());

    let paper = Paper::open(&Tools::default(), &LIMITS, &bytes, "image/png").await.unwrap();

    assert_eq!(paper.page(1).await.unwrap().width, 2);
}
