//! The paper as it is kept: found by its words, as large as it was, with everything in it that it needs.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use digitising::pages::{Page, Paper};
use digitising::reader::{Reader, Tesseract};
use digitising::rendition::{Binding, Details, bind};
use digitising::safety::{self, Examined};
use digitising::tools::Tools;
use digitising::trial::{self, Look, PAGES};
use digitising::trouble::Trouble;
use rules::papers::{PageText, Region, Word};
use std::fs;
use std::process::Command;
use tempfile::TempDir;

fn details() -> Details {
    Details {
        title: "Đơn đề nghị".into(),
        unit: "UBND xã Suối Mẫu".into(),
        at: "2026-01-05T02:00:00Z".parse().unwrap(),
        key: "018fc0de-7000-7abc-8def-0123456789ab".into(),
    }
}

async fn read() -> (Page, PageText) {
    let tools = Tools::default();
    let scan = trial::scanned(&tools, PAGES[0], &Look::clean()).await.unwrap();
    let paper = Paper::open(&tools, &safety::Limits::default(), &scan, "image/jpeg").await.unwrap();
    let page = paper.page(1).await.unwrap();
    let text = Tesseract::new(tools, "vie").read(&page).await.unwrap();
    (page, text)
}

fn said(program: &str, args: &[&str], pdf: &[u8]) -> String {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("paper.pdf");
    fs::write(&place, pdf).unwrap();
    // pdftotext writes beside the paper unless it is told not to; the others know no second name.
    let aloud = (program == "pdftotext").then_some("-");
    let out = Command::new(program).args(args).arg(&place).args(aloud).output();
    let out = out.unwrap_or_else(|_| panic!("{program} is missing: install poppler-utils"));
    String::from_utf8(out.stdout).unwrap()
}

#[tokio::test]
async fn the_bound_paper_is_pdf_a_of_the_same_size_and_found_by_its_words() {
    let read = read().await;
    let pdf = bind(std::slice::from_ref(&read), &details()).unwrap();

    let found = said("pdftotext", &[], &pdf);
    let found: Vec<&str> = found.split_whitespace().collect();
    assert_eq!(found.join(" "), read.1.lines().join(" "), "the words are found in another order");
    let info = said("pdfinfo", &[], &pdf);
    assert!(info.contains("595.08 x 842.04 pts (A4)"), "{info}");
    assert!(info.contains("Title:           Đơn đề nghị") && info.contains("PDF version:     1.7"), "{info}");
    let fonts = said("pdffonts", &[], &pdf);
    assert!(fonts.lines().skip(2).all(|font| font.contains("yes yes yes")), "{fonts}");
    let raw = String::from_utf8_lossy(&pdf);
    assert!(raw.contains("pdfaid:part") && raw.contains("pdfaid:conformance"), "no mark of PDF/A");
    let whole = pdf.windows(read.0.jpeg.len()).any(|window| window == read.0.jpeg);
    assert!(whole, "the picture was written anew");
    assert!(pdf.len() < read.0.jpeg.len() + 60_000, "{} for {}", pdf.len(), read.0.jpeg.len());
    assert_eq!(bind(&[read], &details()).unwrap(), pdf, "the same pages give other bytes");
    let seen = safety::examine(&pdf, "application/pdf", &safety::Limits::default()).unwrap();
    assert_eq!(seen, Examined { pages: Some(1), signed: false, text: true });
}

#[tokio::test]
async fn pages_handed_over_one_by_one_give_the_same_paper() {
    let (page, text) = read().await;
    let pages: Vec<_> = (1..=5).map(|number| (Page { number, ..page.clone() }, text.clone())).collect();

    let binding = Binding::begin(details());
    for (page, text) in pages.clone() {
        binding.page(page, text).await;
    }
    let one_by_one = binding.end().await.unwrap();

    assert!(one_by_one == bind(&pages, &details()).unwrap(), "it is another paper");
    assert!(said("pdfinfo", &[], &one_by_one).contains("Pages:           5"));
}

#[tokio::test]
async fn a_page_that_cannot_be_bound_is_told_at_the_end() {
    let (page, text) = read().await;
    let binding = Binding::begin(details());
    for jpeg in [page.jpeg.clone(), b"no picture".to_vec(), page.jpeg.clone(), page.jpeg.clone()] {
        binding.page(Page { jpeg, ..page.clone() }, text.clone()).await;
    }

    let told = binding.end().await.unwrap_err();

    assert!(matches!(told, Trouble::Program { .. }), "{told}");
}

#[tokio::test]
async fn every_vietnamese_letter_and_strange_ones_can_be_bound() {
    let (page, _) = read().await;
    let letters = "ĂÂÊÔƠƯĐ ăâêôơưđ ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ ₫ 中 ™ \u{1f600}";
    let region = Region { page: 1, left: 100, top: 100, width: 700, height: 20 };
    let word = |(line, text): (u16, &str)| Word { text: text.into(), confidence: 90, region, line };
    let text = PageText { words: (0..).zip(letters.split(' ')).map(word).collect() };

    let pdf = bind(&[(page, text)], &details()).unwrap();

    let found = said("pdftotext", &["-raw"], &pdf);
    for word in letters.split(' ').take(4) {
        assert!(found.contains(word), "{word} is not found in {found}");
    }
}
