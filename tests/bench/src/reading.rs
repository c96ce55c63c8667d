//! How well and how fast pages are read: letters read wrong, pages a minute, processor a page.

use crate::asked::Asked;
use digitising::pages::Paper;
use digitising::reader::{Reader, Tesseract};
use digitising::safety::Limits;
use digitising::tools::Tools;
use digitising::trial::{self, Look, PAGES};
use std::path::Path;
use std::time::{Duration, Instant};

/// Faces that are looked for, where a Debian keeps them; those that are not there are left out.
const FONTS: [(&str, &str, f32); 5] = [
    ("Liberation Serif", "liberation2/LiberationSerif-Regular.ttf", 13.0),
    ("Liberation Serif Italic", "liberation2/LiberationSerif-Italic.ttf", 13.0),
    ("Liberation Sans", "liberation2/LiberationSans-Regular.ttf", 11.5),
    ("DejaVu Sans", "dejavu/DejaVuSans.ttf", 10.5),
    ("Noto Serif", "noto/NotoSerif-Regular.ttf", 11.0),
];

/// What came of some pages.
#[derive(Debug, Clone, Copy, Default)]
pub struct Measured {
    pages: u32,
    errors: usize,
    letters: usize,
    took: Duration,
    /// Seconds of processor of the programs and of this process.
    processor: f64,
}

/// Prints the tables.
pub async fn measure(asked: &Asked) {
    println!("\n## Reading papers\n");
    println!("| what | pages | wrong letters | pages/min, one at a time | processor s/page |");
    println!("| --- | --- | --- | --- | --- |");
    for (name, file, points) in FONTS {
        let place = Path::new("/usr/share/fonts/truetype").join(file);
        let Ok(font) = std::fs::read(place) else { continue };
        for dpi in [150, 200, 300] {
            let look = Look { font: font.clone(), points, dpi, ..Look::clean() };
            row(&format!("{name}, {dpi} dpi, clean"), drawn(&look).await);
        }
    }
    for (name, look) in spoiled() {
        row(&name, drawn(&look).await);
    }
    let (scan, truth) = (asked.text_or("scan", ""), asked.text_or("truth", ""));
    if !scan.is_empty() {
        row("the given scan, page 1", given(scan, truth).await);
    }
}

fn spoiled() -> Vec<(String, Look)> {
    let mut all = Vec::new();
    for dpi in [150, 200, 300] {
        let looks = [
            ("skew 1.3°", Look { skew: 1.3, dpi, ..Look::clean() }),
            ("skew 3°", Look { skew: 3.0, dpi, ..Look::clean() }),
            ("noise 40", Look { noise: 40, dpi, ..Look::clean() }),
            ("a seal over the signature", Look { stamped: true, dpi, ..Look::clean() }),
            ("noise 40, skew 1.3°, seal", Look { noise: 40, skew: 1.3, stamped: true, dpi, ..Look::clean() }),
        ];
        let named =
            looks.into_iter().map(|(name, look)| (format!("Liberation Serif, {dpi} dpi, {name}"), look));
        all.extend(named);
    }
    all
}

fn row(what: &str, measured: Measured) {
    let Measured { pages, errors, letters, took, processor } = measured;
    let share = errors as f64 * 100.0 / letters.max(1) as f64;
    let rate = f64::from(pages) * 60.0 / took.as_secs_f64();
    println!("| {what} | {pages} | {share:.2} % | {rate:.0} | {:.2} |", processor / f64::from(pages));
}

async fn drawn(look: &Look) -> Measured {
    let mut all = Measured::default();
    for lines in PAGES {
        let scan = trial::scanned(&Tools::default(), lines, look).await.unwrap();
        all = all.and(read(&scan, "image/jpeg", &lines.join("\n")).await);
    }
    all
}

async fn given(scan: &str, truth: &str) -> Measured {
    let truth = std::fs::read_to_string(truth).unwrap();
    read(&std::fs::read(scan).unwrap(), "application/pdf", &truth).await
}

/// From what was handed in to the words of its first page.
async fn read(bytes: &[u8], media_type: &str, truth: &str) -> Measured {
    let tools = Tools::default();
    let (begun, before) = (Instant::now(), processor());
    let paper = Paper::open(&tools, &Limits::default(), bytes, media_type).await.unwrap();
    let page = paper.page(1).await.unwrap();
    let text = Tesseract::new(tools, "vie").read(&page).await.unwrap();
    let (took, processor) = (begun.elapsed(), processor() - before);
    let (errors, letters) = trial::errors(truth, &text.lines().join("\n"));
    Measured { pages: 1, errors, letters, took, processor }
}

impl Measured {
    fn and(self, other: Self) -> Self {
        Self {
            pages: self.pages + other.pages,
            errors: self.errors + other.errors,
            letters: self.letters + other.letters,
            took: self.took + other.took,
            processor: self.processor + other.processor,
        }
    }
}

/// Seconds of processor that this process and its ended children have used: fields 14 to 17 of `/proc/self/stat`, in
/// hundredths.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields = stat.rsplit_once(')').unwrap().1.split_whitespace().skip(11).take(4);
    fields.map(|ticks| ticks.parse::<f64>().unwrap()).sum::<f64>() / 100.0
}
