//! Every form of both regimes: it is set, says what it was told, and cannot be told to do anything.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod examples;

use examples::{every_form, receipt};
use rules::forms::{Block, Body, Content};
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

const OFFICE: &str = "https://motcua.example";

fn printed(content: &Content) -> Vec<u8> {
    forms::render(content, OFFICE).unwrap_or_else(|e| panic!("{}: {e:?}", content.title))
}

/// What a machine reads back, with line breaks and places to break taken out.
fn read_back(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext, from the package poppler-utils");
    let mut input = reader.stdin.take().unwrap();
    let pdf = pdf.to_vec();
    let writing = std::thread::spawn(move || input.write_all(&pdf).unwrap());
    let output = reader.wait_with_output().unwrap();
    writing.join().unwrap();
    squeezed(&String::from_utf8(output.stdout).unwrap())
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200B}').collect()
}

fn says(pdf: &[u8], words: &str) -> bool {
    read_back(pdf).contains(&squeezed(words))
}

#[test]
fn every_form_of_both_regimes_is_set_and_read_back() {
    for content in every_form() {
        let pdf = printed(&content);

        assert!(pdf.starts_with(b"%PDF-1.7"), "{}", content.title);
        let text = read_back(&pdf);
        let mut wanted =
            vec!["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(), "Độc lập - Tự do - Hạnh phúc".into()];
        wanted.push(format!("Mẫu số {:02}", content.form_number));
        wanted.extend(content.code().map(String::from));
        for words in wanted {
            assert!(text.contains(&squeezed(&words)), "{}: {words} is not in\n{text}", content.title);
        }
    }
}

#[test]
fn l_03_the_receipt_says_hour_and_minute_of_reception_and_appointment() {
    let pdf = printed(&receipt());
    for words in [
        "09 giờ 05 phút, ngày 10 tháng 3 năm 2026",
        "17 giờ 00 phút, ngày 24 tháng 3 năm 2026",
        "10 ngày làm việc",
        "8.000 đồng (Tám nghìn đồng)",
        "H55.101-260310-0001",
        "K7QF2M9X",
        "Quyển số 2026, số thứ tự 12",
        "https://motcua.example/v1/lookups",
    ] {
        assert!(says(&pdf, words), "{words}");
    }
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    for content in every_form() {
        assert!(printed(&content) == printed(&content), "{}", content.title);
    }
    let kept = serde_json::to_string(&receipt()).unwrap();
    let opened: Content = serde_json::from_str(&kept).unwrap();
    assert!(printed(&opened) == printed(&receipt()));
}

#[test]
fn what_people_write_is_printed_letter_by_letter() {
    let hostile = [
        "#read(\"/etc/passwd\")",
        "] #panic() [ $x$ *đậm* _nghiêng_ `mã` <nhãn> @ref // hết",
        "\\ \" ' {{ }} #{1 + 1} ~ --- https://a.example",
        "= Tiêu đề",
    ];
    for words in hostile {
        let mut content = receipt();
        let Body::Receipt(body) = &mut content.body else { panic!() };
        body.matter.applicant = words.into();

        assert!(says(&printed(&content), words), "{words}");
    }
}

#[test]
fn letters_without_a_picture_do_not_stop_a_form() {
    let mut content = receipt();
    let Body::Receipt(body) = &mut content.body else { panic!() };
    body.matter.applicant = "Lý Tiểu 龍 😀 \u{0}\u{202E}ngược e\u{302}\u{301}".into();

    assert!(says(&printed(&content), "Lý Tiểu □ □ ngược ế"));
}

#[test]
fn very_long_names_and_many_papers_run_on_to_further_pages() {
    let mut content = receipt();
    let Body::Receipt(body) = &mut content.body else { panic!() };
    body.matter.applicant = "Ạ".repeat(300);
    let paper = body.papers[0].clone();
    body.papers = (1..=200)
        .map(|n| {
            let mut p = paper.clone();
            p.name = format!("Giấy tờ thứ {n}");
            p
        })
        .collect();

    let pdf = printed(&content);

    assert!(says(&pdf, "Giấy tờ thứ 200"));
    assert!(says(&pdf, &"Ạ".repeat(300)) || read_back(&pdf).matches('Ạ').count() >= 300);
    assert!(read_back(&pdf).matches("Bảnchính").count() > 1, "the heading of the table comes again");
}

#[test]
fn what_a_page_says_is_on_the_print() {
    for content in every_form() {
        let text = read_back(&printed(&content));
        for block in content.sheet().blocks {
            let Block::Fields { fields } = block else { continue };
            for field in fields.iter().filter(|field| field.value.len() < 60) {
                assert!(text.contains(&squeezed(&field.value)), "{}: {}", content.title, field.value);
            }
        }
    }
}

/// Writes the pictures of `docs/forms.md`, or says how long a page takes.
#[test]
fn the_pictures_of_the_forms_are_drawn_when_asked() {
    let began = Instant::now();
    let pages: Vec<(String, Vec<u8>)> =
        every_form().iter().map(|c| (examples::name(c), printed(c))).collect();
    let count = u32::try_from(pages.len()).unwrap();
    println!("{count} forms in {:?}, {:?} each", began.elapsed(), began.elapsed() / count);
    if !asked() {
        return;
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/forms");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, pdf) in pages.iter().filter(|(name, _)| name.starts_with("r2025")) {
        let file = std::env::temp_dir().join(format!("{name}.pdf"));
        std::fs::write(&file, pdf).unwrap();
        let done = Command::new("pdftoppm")
            .args(["-png", "-r", "80", "-gray", "-singlefile"])
            .arg(&file)
            .arg(folder.join(name))
            .status()
            .unwrap();
        assert!(done.success());
        std::fs::remove_file(&file).unwrap();
    }
}

#[expect(clippy::disallowed_methods, reason = "`make docs` says so in the environment; it is no setting")]
fn asked() -> bool {
    std::env::var_os("MOTCUA_WRITE_DOCS").is_some_and(|value| value == "1")
}
