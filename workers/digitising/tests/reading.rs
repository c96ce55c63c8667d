//! Reading pages: how many letters are read wrong, and a tesseract that hangs, dies or floods.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use digitising::pages::{Page, Paper};
use digitising::reader::{Reader, Tesseract};
use digitising::safety;
use digitising::tools::{Limits, Tools};
use digitising::trial::{self, Look, PAGES};
use digitising::trouble::Trouble;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use tempfile::TempDir;

/// The page as it comes out of the pipeline before it is read.
async fn page(lines: &[&str], look: &Look) -> Page {
    let tools = Tools::default();
    let scan = trial::scanned(&tools, lines, look).await.unwrap();
    let paper = Paper::open(&tools, &safety::Limits::default(), &scan, "image/jpeg").await.unwrap();
    paper.page(1).await.unwrap()
}

/// Wrong letters in a thousand, and what was read.
async fn wrong(lines: &[&str], look: &Look) -> (usize, String) {
    let page = page(lines, look).await;
    let read = Tesseract::new(Tools::default(), "vie").read(&page).await.unwrap();
    let text = read.lines().join("\n");
    let (errors, letters) = trial::errors(&lines.join("\n"), &text);
    (errors * 1000 / letters, text)
}

#[tokio::test]
async fn clean_print_at_200_dpi_is_read_with_at_most_two_wrong_letters_in_a_hundred() {
    for lines in PAGES {
        let (wrong, text) = wrong(lines, &Look::clean()).await;
        assert!(wrong <= 20, "{wrong} of a thousand:\n{text}");
    }
}

#[tokio::test]
async fn with_noise_and_skew_at_most_five_in_a_hundred_are_wrong() {
    let look = Look { noise: 40, skew: 1.3, ..Look::clean() };

    let (wrong, text) = wrong(PAGES[0], &look).await;

    assert!(wrong <= 50, "{wrong} of a thousand:\n{text}");
}

#[tokio::test]
async fn print_under_a_seal_is_read_as_well() {
    for noise in [0, 40] {
        let look = Look { stamped: true, noise, ..Look::clean() };

        let (wrong, text) = wrong(PAGES[0], &look).await;

        assert!(wrong <= 20, "{wrong} of a thousand:\n{text}");
    }
}

#[tokio::test]
async fn words_stand_where_they_were_printed_and_say_how_sure_they_are() {
    let page = page(PAGES[0], &Look::clean()).await;

    let read = Tesseract::new(Tools::default(), "vie").read(&page).await.unwrap();

    let first = &read.words[0];
    assert_eq!((first.text.as_str(), first.line, first.region.page), ("CỘNG", 0, 1));
    assert!((100..125).contains(&first.region.left) && (60..90).contains(&first.region.top), "{first:?}");
    assert!(read.confidence() > 80, "{}", read.confidence());
    let name = Tesseract::new(Tools::default(), "vie").name().await.unwrap();
    assert!(name.starts_with("tesseract ") && name.ends_with("(vie)"), "{name}");
}

#[tokio::test]
async fn a_reader_that_hangs_dies_or_floods_ends_in_words() {
    let page = page(PAGES[0], &Look { dpi: 72, ..Look::clean() }).await;
    let limits = Limits { seconds: 1, memory_mb: 200, output_mb: 1 };
    for (script, words) in [
        ("exec sleep 600", "longer than 1 s"),
        ("kill -9 $$", "signal 9"),
        ("exec yes", "more than 1 MB"),
        ("exit 1", "ended with 1"),
    ] {
        let folder = TempDir::new().unwrap();
        let place = folder.path().join("tesseract");
        fs::write(&place, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).unwrap();
        let tools = Tools::new(&[folder.path().to_owned()], limits);

        match Tesseract::new(tools, "vie").read(&page).await {
            Err(Trouble::Program { program, words: said }) => {
                assert!(program == "tesseract" && said.contains(words), "{script}: {said}");
            }
            other => panic!("{script}: {other:?}"),
        }
    }
}
