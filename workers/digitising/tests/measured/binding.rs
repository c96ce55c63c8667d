//! Measures the memory and the time of binding a long paper: pages, 200 unless told (docs/performance.md).

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench may, a failure there is a finding")]

use digitising::pages::{Page, Paper};
use digitising::reader::{Reader, Tesseract};
use digitising::rendition::{Binding, Details};
use digitising::safety::Limits;
use digitising::tools::Tools;
use digitising::trial::{self, Look, PAGES};
use rules::papers::PageText;
use std::time::Instant;

#[tokio::main]
async fn main() {
    let count: u32 = std::env::args().nth(1).map_or(200, |count| count.parse().unwrap());
    let (page, text) = read().await;
    let before = most_held();
    let begun = Instant::now();
    let binding = Binding::begin(details());
    for number in 0..count {
        binding.page(other(&page, number), text.clone()).await;
    }
    let bound = binding.end().await.unwrap();
    let took = begun.elapsed();
    println!("{count} pages of {} KB: {} KB bound in {took:.1?}", page.jpeg.len() >> 10, bound.len() >> 10);
    println!("most memory held: {before} KB before, {} KB after", most_held());
}

/// A page in colour as a scanner makes it, sealed and a little noisy.
async fn read() -> (Page, PageText) {
    let (tools, look) = (Tools::default(), Look { noise: 12, stamped: true, ..Look::clean() });
    let scan = trial::scanned(&tools, PAGES[0], &look).await.unwrap();
    let paper = Paper::open(&tools, &Limits::default(), &scan, "image/jpeg").await.unwrap();
    let page = paper.page(1).await.unwrap();
    let text = Tesseract::new(tools, "vie").read(&page).await.unwrap();
    (page, text)
}

/// The same picture with a remark in it, so that it is another one for whoever writes equal ones once.
fn other(page: &Page, number: u32) -> Page {
    let remark = [&[0xff, 0xfe, 0, 6][..], &number.to_be_bytes()].concat();
    let mut jpeg = page.jpeg.clone();
    jpeg.splice(2..2, remark);
    Page { number, jpeg, ..page.clone() }
}

fn details() -> Details {
    Details {
        title: "thử".into(),
        unit: "thử".into(),
        at: "2026-01-05T02:00:00Z".parse().unwrap(),
        key: "thu".into(),
    }
}

/// Kilobytes of memory that this process held at its largest.
fn most_held() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
