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
    /// Seconds of processor of this process.
    own: f64,
    /// Seconds of processor of the programs that it ran.
    programs: f64,
}

/// Prints the tables.
pub async fn measure(asked: &Asked) {
    println!("\n## Reading papers\n");
    println!(
        "| what | pages | letters | wrong | pages/min, one at a time | processor s/page: own | programs |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for (name, look) in faces().into_iter().chain(spoiled()) {
        row(&name, drawn(&look).await);
    }
    let (scan, truth) = (asked.text_or("scan", ""), asked.text_or("truth", ""));
    if !scan.is_empty() {
        let page = u32::try_from(asked.number("page", 1)).unwrap();
        let name = Path::new(scan).file_name().unwrap().to_string_lossy();
        row(&format!("{name}, page {page}"), given(scan, truth, page).await);
    }
}

/// Every face that is here: clean in three resolutions, and in 200 dpi as a worn scanner hands it in.
fn faces() -> Vec<(String, Look)> {
    let mut all = Vec::new();
    for (name, file, points) in FONTS {
        let place = Path::new("/usr/share/fonts/truetype").join(file);
        let Ok(font) = std::fs::read(place) else { continue };
        let clean = Look { font, points, ..Look::clean() };
        for dpi in [150, 200, 300] {
            all.push((format!("{name}, {dpi} dpi, clean"), Look { dpi, ..clean.clone() }));
        }
        all.push((format!("{name}, 200 dpi, noise 40, skew 1.3°"), Look { noise: 40, skew: 1.3, ..clean }));
    }
    all
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
    let Measured { pages, errors, letters, took, own, programs } = measured;
    let share = errors as f64 * 100.0 / letters.max(1) as f64;
    let (each, rate) = (f64::from(pages), f64::from(pages) * 60.0 / took.as_secs_f64());
    let (own, programs) = (own / each, programs / each);
    println!("| {what} | {pages} | {letters} | {share:.2} % | {rate:.0} | {own:.2} | {programs:.2} |");
}

async fn drawn(look: &Look) -> Measured {
    let mut all = Measured::default();
    for lines in PAGES {
        let scan = trial::scanned(&Tools::default(), lines, look).await.unwrap();
        all = all.and(read(&scan, "image/jpeg", 1, &lines.join("\n")).await);
    }
    all
}

async fn given(scan: &str, truth: &str, page: u32) -> Measured {
    let truth = std::fs::read_to_string(truth).unwrap();
    read(&std::fs::read(scan).unwrap(), "application/pdf", page, &truth).await
}

/// From what was handed in to the words of one page.
async fn read(bytes: &[u8], media_type: &str, page: u32, truth: &str) -> Measured {
    let tools = Tools::default();
    let (begun, before) = (Instant::now(), processor());
    let paper = Paper::open(&tools, &Limits::default(), bytes, media_type).await.unwrap();
    let page = paper.page(page).await.unwrap();
    let text = Tesseract::new(tools, "vie").read(&page).await.unwrap();
    let (took, after) = (begun.elapsed(), processor());
    let (errors, letters) = trial::errors(truth, &text.lines().join("\n"));
    Measured { pages: 1, errors, letters, took, own: after.0 - before.0, programs: after.1 - before.1 }
}

impl Measured {
    fn and(self, other: Self) -> Self {
        Self {
            pages: self.pages + other.pages,
            errors: self.errors + other.errors,
            letters: self.letters + other.letters,
            took: self.took + other.took,
            own: self.own + other.own,
            programs: self.programs + other.programs,
        }
    }
}

/// Seconds of processor that this process and its ended children have used: fields 14 and 15, and 16 and 17 of
/// `/proc/self/stat`, in hundredths.
fn processor() -> (f64, f64) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields = stat.rsplit_once(')').unwrap().1.split_whitespace().skip(11).take(4);
    let ticks: Vec<f64> = fields.map(|ticks| ticks.parse::<f64>().unwrap() / 100.0).collect();
    (ticks[0] + ticks[1], ticks[2] + ticks[3])
}
