//! Pages made up to try a reader on: Vietnamese text of people who do not exist, printed and spoiled as scanners do it.

mod text;

pub use text::PAGES;

use crate::pages::{Picture, jpeg};
use crate::tools::{Call, Tools};
use crate::trouble::Trouble;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};
use unicode_normalization::UnicodeNormalization;

/// How a page looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Bytes of a TrueType font that has all letters.
    pub font: Vec<u8>,
    /// Size of the letters in points.
    pub points: f32,
    /// Dots per inch.
    pub dpi: u16,
    /// Degrees by which its lines fall to the right.
    pub skew: f32,
    /// How far a pixel may be off, 0 to 127.
    pub noise: u8,
    /// A red seal over the end of the text.
    pub stamped: bool,
}

impl Look {
    /// Clean print in Liberation Serif, 13 points as official papers are set, at 200 dpi.
    pub fn clean() -> Self {
        let font = include_bytes!(concat!(env!("OUT_DIR"), "/LiberationSerif-Regular.ttf")).to_vec();
        Self { font, points: 13.0, dpi: 200, skew: 0.0, noise: 0, stamped: false }
    }
}

/// The lines as a PDF of one A4 page; fails for a font that cannot be read.
pub fn printed(lines: &[&str], look: &Look) -> Result<Vec<u8>, Trouble> {
    let trouble = |words: &str| Trouble::Program { program: "krilla".into(), words: words.into() };
    let font = Font::new(look.font.clone().into(), 0).ok_or_else(|| trouble("font"))?;
    let settings = PageSettings::from_wh(595.0, 842.0).ok_or_else(|| trouble("page"))?;
    let mut document = Document::new();
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    surface.push_transform(&Transform::from_rotate_at(look.skew, 297.0, 421.0));
    let mut top = 70.0;
    for line in lines {
        let start = Point::from_xy(65.0, top);
        surface.draw_text(start, font.clone(), look.points, line, false, TextDirection::LeftToRight);
        top += look.points * 1.55;
    }
    if look.stamped {
        seal(&mut surface, top - 60.0);
    }
    surface.pop();
    surface.finish();
    sheet.finish();
    document.finish().map_err(|_| trouble("finish"))
}

/// Two red rings as of a seal, over what stands at the left of the last lines.
fn seal(surface: &mut Surface<'_>, middle: f32) {
    for radius in [51.0, 38.0] {
        let stroke = Stroke {
            paint: rgb::Color::new(214, 32, 40).into(),
            width: 2.2,
            opacity: NormalizedF32::new(0.8).unwrap_or(NormalizedF32::ONE),
            ..Stroke::default()
        };
        let mut ring = PathBuilder::new();
        let round = Rect::from_xywh(120.0 - radius, middle - radius, radius * 2.0, radius * 2.0);
        if let Some(round) = round {
            circle(&mut ring, round);
        }
        surface.set_fill(None);
        surface.set_stroke(Some(stroke));
        if let Some(ring) = ring.finish() {
            surface.draw_path(&ring);
        }
    }
}

/// Four curves that look like a circle.
fn circle(path: &mut PathBuilder, round: Rect) {
    let (left, top, right, bottom) = (round.left(), round.top(), round.right(), round.bottom());
    let (x, y, k) = ((left + right) / 2.0, (top + bottom) / 2.0, round.width() * 0.276);
    path.move_to(x, top);
    path.cubic_to(x + k, top, right, y - k, right, y);
    path.cubic_to(right, y + k, x + k, bottom, x, bottom);
    path.cubic_to(x - k, bottom, left, y + k, left, y);
    path.cubic_to(left, y - k, x - k, top, x, top);
    path.close();
}

/// The lines as a scanner would hand them in: a JPEG that tells its dots per inch.
pub async fn scanned(tools: &Tools, lines: &[&str], look: &Look) -> Result<Vec<u8>, Trouble> {
    let pdf = printed(lines, look)?;
    let dpi = look.dpi.to_string();
    let ran = tools.run(Call::new("pdftoppm", ["-r", &dpi, "-"]).given(pdf)).await?;
    let unread = || Trouble::Program { program: "pdftoppm".into(), words: "no picture".into() };
    let picture = Picture::of_plain(&ran.output).ok_or_else(unread)?;
    jpeg::written(&spoiled(&picture, look.noise).ok_or_else(unread)?, look.dpi)
}

/// Every pixel a little off, the same way each time.
fn spoiled(picture: &Picture, noise: u8) -> Option<Picture> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let spread = u64::from(noise) * 2 + 1;
    let bytes = picture.bytes().iter().map(|byte| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let off = i64::try_from(state % spread).unwrap_or(0) - i64::from(noise);
        u8::try_from((i64::from(*byte) + off).clamp(0, 255)).unwrap_or(0)
    });
    let (width, height) = picture.size();
    let bytes = bytes.collect();
    Picture::new(usize::try_from(width).ok()?, usize::try_from(height).ok()?, picture.depth(), bytes)
}

/// How many letters have to be changed, added or taken away to make the truth of what was read, accents included; and
/// how many the truth has. Blanks and line ends count as one blank.
pub fn errors(truth: &str, read: &str) -> (usize, usize) {
    let letters =
        |text: &str| -> Vec<char> { text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect() };
    let (truth, read) = (letters(truth), letters(read));
    let mut costs: Vec<usize> = (0..=read.len()).collect();
    for (row, letter) in truth.iter().enumerate() {
        let (mut corner, mut left) = (row, row + 1);
        let mut next = vec![left];
        for (above, other) in costs.iter().skip(1).zip(&read) {
            let changed = corner + usize::from(letter != other);
            left = changed.min(left + 1).min(above + 1);
            next.push(left);
            corner = *above;
        }
        costs = next;
    }
    (costs.last().copied().unwrap_or(0), truth.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_counts_as_much_as_a_letter_and_blanks_do_not_count() {
        assert_eq!(errors("Cộng hòa", "Cộng\n  hòa "), (0, 8));
        assert_eq!(errors("quả", "quá"), (1, 3));
        assert_eq!(errors("abc", ""), (3, 3));
        assert_eq!(errors("", "ab"), (2, 0));
        assert_eq!(errors("kitten", "sitting"), (3, 6));
    }
}
