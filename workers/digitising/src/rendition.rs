//! The paper as it is kept: PDF/A-2b with the pictures of its pages, and under each the words that were read.

use crate::pages::Page;
use crate::trouble::Trouble;
use chrono::{DateTime, Datelike, Timelike, Utc};
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::geom::{Point, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{self, Metadata};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};
use num_traits::ToPrimitive;
use rules::papers::{PageText, Word};
use std::borrow::Borrow;
use std::iter;
use tokio::sync::mpsc::{self, Sender};
use tokio::task::JoinHandle;
use ttf_parser::Face;

/// What the file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Title, such as the name of the kind of paper; no personal data.
    pub title: String,
    /// Who digitised it: the name of the unit.
    pub unit: String,
    /// When it was digitised.
    pub at: DateTime<Utc>,
    /// Number of the digitisation; the file's own number comes from it.
    pub key: String,
}

/// A paper while it is bound: its pages are handed over one after the other, and no more than two are waiting.
#[derive(Debug)]
pub struct Binding {
    pages: Sender<(Page, PageText)>,
    bound: JoinHandle<Result<Vec<u8>, Trouble>>,
}

impl Binding {
    /// Begins a paper, on a thread that may be kept busy.
    pub fn begin(details: Details) -> Self {
        let (pages, mut handed) = mpsc::channel(1);
        let bound =
            tokio::task::spawn_blocking(move || bind(iter::from_fn(|| handed.blocking_recv()), &details));
        Self { pages, bound }
    }

    /// Hands over the next page with what was read on it; what is wrong with it is told at the end.
    pub async fn page(&self, page: Page, text: PageText) {
        let _ended_before = self.pages.send((page, text)).await;
    }

    /// The whole paper; fails as [`bind`] does.
    pub async fn end(self) -> Result<Vec<u8>, Trouble> {
        drop(self.pages);
        self.bound.await.unwrap_or_else(|_| Err(failed("panic".into())))
    }
}

/// The pages with what was read on each, bound as one PDF/A-2b, page size from pixels and dots per inch (100 %).
///
/// The same pages and details give the same bytes. Fails for a picture that is no JPEG and when a rule of PDF/A is broken.
pub fn bind<P: Borrow<(Page, PageText)>>(
    pages: impl IntoIterator<Item = P>,
    details: &Details,
) -> Result<Vec<u8>, Trouble> {
    let configuration = ConfigurationBuilder::new().with_archival_validator(Archival::A2_B).finish();
    let configuration = configuration.map_err(|error| failed(format!("{error:?}")))?;
    let settings = SerializeSettings { configuration, enable_tagging: false, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    document.set_metadata(metadata(details));
    let letters = Letters::load().ok_or_else(|| failed("font".into()))?;
    for pair in pages {
        let (page, text) = pair.borrow();
        bound(&mut document, page, text, &letters)?;
    }
    document.finish().map_err(|error| failed(format!("{error:?}")))
}

fn failed(words: String) -> Trouble {
    Trouble::Program { program: "krilla".into(), words }
}

fn metadata(details: &Details) -> Metadata {
    let at = details.at;
    let part = |part: u32| u8::try_from(part).unwrap_or(0);
    let made = metadata::DateTime::new(u16::try_from(at.year()).unwrap_or(0))
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(details.title.clone())
        .authors(vec![details.unit.clone()])
        .language("vi".into())
        .creator("motcua".into())
        .creation_date(made)
        .document_id(details.key.clone())
}

fn bound(document: &mut Document, page: &Page, text: &PageText, letters: &Letters) -> Result<(), Trouble> {
    let points =
        |pixels: u32| (f64::from(pixels) * 72.0 / f64::from(page.dpi.max(1))).to_f32().unwrap_or(1.0);
    let (width, height) = (points(page.width), points(page.height));
    let settings = PageSettings::from_wh(width, height).ok_or_else(|| failed("page size".into()))?;
    let picture = Image::from_jpeg(page.jpeg.clone().into(), false).map_err(failed)?;
    let size = Size::from_wh(width, height).ok_or_else(|| failed("page size".into()))?;
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    for line in text.words.chunk_by(|word, next| word.line == next.line) {
        let row = Row::of(line, height);
        for word in line {
            write(&mut surface, word, letters, (width, row));
        }
    }
    surface.draw_image(picture, size);
    surface.finish();
    sheet.finish();
    Ok(())
}

/// Where the letters of a line stand, in points. Words with a row of their own each would be put in another order by
/// who searches the file or copies from it.
#[derive(Debug, Clone, Copy)]
struct Row {
    size: f32,
    base: f32,
}

impl Row {
    fn of(line: &[Word], height: f32) -> Self {
        let points = |thousandths: u16| f32::from(thousandths) * height / 1000.0;
        let bottom = |word: &Word| word.region.top.saturating_add(word.region.height);
        let size = points(middle(line.iter().map(|word| word.region.height))).max(1.0);
        Self { size, base: points(middle(line.iter().map(bottom))) - size * 0.2 }
    }
}

/// The one in the middle: a dash and a stain say little about a line.
fn middle(of: impl Iterator<Item = u16>) -> u16 {
    let mut all: Vec<u16> = of.collect();
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or(0)
}

/// A word stretched to the width of its box, so that marking it with the mouse marks the picture of it.
fn write(surface: &mut Surface<'_>, word: &Word, letters: &Letters, (width, row): (f32, Row)) {
    let part = |thousandths: u16| f32::from(thousandths) * width / 1000.0;
    let (left, wanted) = (part(word.region.left), part(word.region.width).max(0.5));
    let text = letters.drawable(&word.text);
    let natural = letters.extent(&text, row.size).max(0.1);
    surface.push_transform(&Transform::from_row(wanted / natural, 0.0, 0.0, 1.0, left, row.base));
    let text = format!("{text} ");
    let start = Point::from_xy(0.0, 0.0);
    surface.draw_text(start, letters.font.clone(), row.size, &text, false, TextDirection::LeftToRight);
    surface.pop();
}

const FACE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/LiberationSerif-Regular.ttf"));

/// Liberation Serif, which has every Vietnamese letter.
struct Letters {
    font: Font,
    face: Face<'static>,
}

impl Letters {
    fn load() -> Option<Self> {
        Some(Self { font: Font::new(FACE.into(), 0)?, face: Face::parse(FACE, 0).ok()? })
    }

    /// The same text with □ for what the font lacks: PDF/A forbids an empty letter.
    fn drawable(&self, text: &str) -> String {
        text.chars()
            .map(|letter| if self.face.glyph_index(letter).is_some() { letter } else { '□' })
            .collect()
    }

    /// Width in points at a size.
    fn extent(&self, text: &str, size: f32) -> f32 {
        let advance = |letter| {
            let glyph = self.face.glyph_index(letter)?;
            self.face.glyph_hor_advance(glyph)
        };
        let units: f32 = text.chars().filter_map(advance).map(f32::from).sum();
        units * size / f32::from(self.face.units_per_em())
    }
}
