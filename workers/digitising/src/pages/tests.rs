//! Pages come out upright and straight, at the resolution they came with, and what cannot be read is told.

use super::*;
use crate::trial::{self, Look, PAGES};
use std::path::PathBuf;

fn tools() -> Tools {
    Tools::default()
}

async fn page(bytes: &[u8], media_type: &str) -> Page {
    let paper = Paper::open(&tools(), &Limits::default(), bytes, media_type).await.unwrap();
    assert_eq!(paper.pages(), 1);
    paper.page(1).await.unwrap()
}

async fn code(bytes: &[u8], media_type: &str) -> String {
    match Paper::open(&tools(), &Limits::default(), bytes, media_type).await {
        Err(Trouble::Paper { code, .. }) => code.to_owned(),
        Err(other) => other.to_string(),
        Ok(paper) => match paper.page(1).await {
            Err(Trouble::Paper { code, .. }) => format!("page: {code}"),
            other => format!("{other:?}"),
        },
    }
}

#[tokio::test]
async fn a_straight_scan_is_kept_byte_for_byte() {
    let scan = trial::scanned(&tools(), PAGES[0], &Look::clean()).await.unwrap();

    let page = page(&scan, "image/jpeg").await;

    assert_eq!((page.dpi, page.dpi_told, page.turned, page.skew), (200, true, 0, 0));
    assert_eq!(page.finding(), None);
    assert!(page.jpeg == scan, "it was written anew");
}

#[tokio::test]
async fn a_page_that_fell_to_one_side_is_straight_afterwards() {
    for (skew, hundredths) in [(1.3, 130), (3.0, 300), (-2.1, -210)] {
        let look = Look { skew, dpi: 150, ..Look::clean() };
        let scan = trial::scanned(&tools(), PAGES[0], &look).await.unwrap();

        let once = page(&scan, "image/jpeg").await;

        assert!((once.skew - hundredths).abs() <= 12, "{skew}: {}", once.skew);
        let decoded = image::load_from_memory(&once.jpeg).unwrap().into_luma8();
        let size = (once.width.try_into().unwrap(), once.height.try_into().unwrap());
        let again = Picture::new(size.0, size.1, 1, decoded.into_raw()).unwrap();
        assert!(skew::of(&again.reduced(150, 100)).abs() < 30, "{skew} left {}", skew::of(&again));
    }
}

#[tokio::test]
async fn a_page_on_its_side_or_head_is_set_upright() {
    let scan = trial::scanned(&tools(), PAGES[0], &Look { dpi: 150, ..Look::clean() }).await.unwrap();
    let decoded = image::load_from_memory(&scan).unwrap().into_rgb8();
    let size = (decoded.width().try_into().unwrap(), decoded.height().try_into().unwrap());
    let upright = Picture::new(size.0, size.1, 3, decoded.into_raw()).unwrap();
    for (lies, turned) in [(90, 270), (180, 180), (270, 90)] {
        let lying = jpeg::written(&upright.clone().turned(lies), 150).unwrap();

        let page = page(&lying, "image/jpeg").await;

        assert_eq!((page.turned, page.width, page.height), (turned, 1240, 1755), "lay {lies}");
        assert!(page.finding().unwrap().0.contains("150 dpi"), "{:?}", page.finding());
    }
}

#[tokio::test]
async fn a_pdf_that_was_not_scanned_is_drawn_and_a_scan_keeps_its_own_resolution() {
    let printed = trial::printed(PAGES[1], &Look::clean()).unwrap();
    let drawn = page(&printed, "application/pdf").await;
    assert_eq!((drawn.dpi, drawn.width, drawn.height), (300, 2480, 3509));

    let scan = trial::scanned(&tools(), PAGES[1], &Look::clean()).await.unwrap();
    let kept = page(&scan, "image/jpeg").await;
    let details = crate::rendition::Details {
        title: "thử".into(),
        unit: "thử".into(),
        at: "2026-01-05T02:00:00Z".parse().unwrap(),
        key: "thu".into(),
    };
    let bound = crate::rendition::bind(&[(kept, rules::papers::PageText::default())], &details).unwrap();
    let again = page(&bound, "application/pdf").await;
    assert_eq!((again.dpi, again.width), (200, 1653));
    assert!(again.jpeg == scan, "the scanner's own JPEG was not taken out");
}

#[tokio::test]
async fn a_picture_that_tells_no_resolution_is_measured_against_a4_and_says_so() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 620, 877);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(&vec![0; 620 * 877 * 4]).unwrap();

    let page = page(&bytes, "image/png").await;

    assert_eq!((page.dpi, page.dpi_told), (75, false));
    let finding = page.finding().unwrap();
    assert!(finding.0.contains("ước tính 75 dpi") && finding.1.contains("an estimated 75"), "{finding:?}");
    let seen = image::load_from_memory(&page.jpeg).unwrap().into_rgb8();
    assert!(
        seen.pixels().all(|pixel| pixel.0.iter().all(|ink| *ink > 250)),
        "what shines through is on white"
    );
}

fn tiff_of(pages: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut bytes).unwrap();
    for page in 0..pages {
        let grey = vec![u8::try_from(250 - page * 50).unwrap(); 40 * 60];
        encoder.write_image::<tiff::encoder::colortype::Gray8>(40, 60, &grey).unwrap();
    }
    bytes.into_inner()
}

#[tokio::test]
async fn every_page_of_a_tiff_is_a_page() {
    let bytes = tiff_of(3);
    let paper = Paper::open(&tools(), &Limits::default(), &bytes, "image/tiff").await.unwrap();

    assert_eq!(paper.pages(), 3);
    for (number, grey) in [(1, 250_u8), (3, 150)] {
        let page = paper.page(number).await.unwrap();
        let seen = image::load_from_memory(&page.jpeg).unwrap();
        assert_eq!(seen.color(), image::ColorType::L8, "grey stays grey");
        assert!(seen.into_luma8().pixels().all(|pixel| pixel.0[0].abs_diff(grey) < 3));
    }
}

#[tokio::test]
async fn papers_that_cannot_be_worked_on_are_told() {
    let limits = Limits { pages: 2, pixels: 1000, ..Limits::default() };
    let refused = Paper::open(&tools(), &limits, &tiff_of(1), "image/tiff").await.unwrap_err();
    assert!(matches!(refused, Trouble::Paper { code: "too_large_picture", .. }), "{refused}");

    let scan = trial::scanned(&tools(), PAGES[0], &Look { dpi: 72, ..Look::clean() }).await.unwrap();
    assert_eq!(code(&scan[..400], "image/jpeg").await, "broken");
    assert_eq!(code(&tiff_of(2)[..60], "image/tiff").await, "broken");
    assert_eq!(code(b"%PDF-1.7 nothing", "application/pdf").await, "broken");
    assert_eq!(code(b"PK", "application/zip").await, "no_pages");
    let sheet = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    assert_eq!(code(sheet, "application/pdf").await, "page: too_large_picture");
}

#[tokio::test]
async fn without_poppler_a_pdf_waits() {
    let none = Tools::within(&[PathBuf::from("/nonexistent")], tools().limits());

    let trouble = Paper::open(&none, &Limits::default(), b"%PDF-1.7", "application/pdf").await.unwrap_err();

    assert_eq!(trouble, Trouble::Missing { program: "pdftoppm".into() });
}
