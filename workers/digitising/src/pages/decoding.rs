//! Pictures that were handed in: JPEG, PNG, and TIFF of many pages.

use super::pixels::Picture;
use super::{Raw, jpeg, tagged};
use crate::limits::Limits;
use crate::refusals::{broken, too_large};
use crate::trouble::Trouble;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use std::io::Cursor;
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::Tag;

/// A picture file with one page or, as a TIFF, with several.
#[derive(Debug)]
pub(super) struct Still {
    bytes: Vec<u8>,
    kind: Kind,
    pages: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Jpeg,
    Png,
    Tiff,
}

impl Still {
    /// Reads its header only; fails when that cannot be read or promises more than `limits` allow.
    pub(super) fn open(bytes: Vec<u8>, media_type: &str, limits: &Limits) -> Result<Self, Trouble> {
        let kind = match media_type {
            "image/jpeg" => Kind::Jpeg,
            "image/png" => Kind::Png,
            _ => Kind::Tiff,
        };
        let pages = if kind == Kind::Tiff { sizes_of_tiff(&bytes, limits)? } else { 1 };
        if kind != Kind::Tiff {
            let (width, height) = reader(&bytes, kind).into_dimensions().map_err(|_| broken())?;
            within(width, height, limits)?;
        }
        Ok(Self { bytes, kind, pages })
    }

    pub(super) fn pages(&self) -> u32 {
        self.pages
    }

    /// Page `number` as it was meant to be looked at.
    pub(super) fn page(&self, number: u32) -> Result<Raw, Trouble> {
        match self.kind {
            Kind::Jpeg => of_jpeg(&self.bytes),
            Kind::Png => of_png(&self.bytes),
            Kind::Tiff => of_tiff(&self.bytes, number),
        }
    }
}

fn within(width: u32, height: u32, limits: &Limits) -> Result<(), Trouble> {
    let fits = u64::from(width).saturating_mul(u64::from(height)) <= limits.pixels;
    if fits && width > 0 && height > 0 { Ok(()) } else { Err(too_large()) }
}

fn reader(bytes: &[u8], kind: Kind) -> ImageReader<Cursor<&[u8]>> {
    let format = if kind == Kind::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
    ImageReader::with_format(Cursor::new(bytes), format)
}

fn of_jpeg(bytes: &[u8]) -> Result<Raw, Trouble> {
    let told = jpeg::told(bytes).ok_or_else(broken)?;
    let decoded = reader(bytes, Kind::Jpeg).decode().map_err(|_| broken())?;
    let picture = looked_at(plain(decoded)?, told.orientation);
    let untouched = told.orientation == 1 && matches!(told.components, 1 | 3);
    Ok(raw(picture, told.dpi, untouched.then(|| bytes.to_vec())))
}

/// The picture of a page as it is kept.
pub(super) fn kept(jpeg: &[u8]) -> Result<Picture, Trouble> {
    plain(reader(jpeg, Kind::Jpeg).decode().map_err(|_| broken())?)
}

/// The JPEG that fills a page in place of the drawing of that page, unless it is turned, mirrored or of other colours.
pub(super) fn same(drawn: Raw, jpeg: Vec<u8>) -> Raw {
    let Ok(own) = of_jpeg(&jpeg) else { return drawn };
    let near = |a: u32, b: u32| a.abs_diff(b) <= 2;
    let ((width, height), (own_width, own_height)) = (drawn.picture.size(), own.picture.size());
    let fits = near(width, own_width) && near(height, own_height) && own.original.is_some();
    if !fits || drawn.picture.differs(&own.picture) {
        return drawn;
    }
    Raw { dpi: drawn.dpi, dpi_told: true, ..own }
}

fn of_png(bytes: &[u8]) -> Result<Raw, Trouble> {
    let mut decoder = reader(bytes, Kind::Png).into_decoder().map_err(|_| broken())?;
    let exif = decoder.exif_metadata().ok().flatten();
    let orientation = exif.as_deref().and_then(tagged::orientation).unwrap_or(1);
    let decoded = DynamicImage::from_decoder(decoder).map_err(|_| broken())?;
    Ok(raw(looked_at(plain(decoded)?, orientation), png_density(bytes), None))
}

/// Dots per metre of the chunk `pHYs`, which stands before the pixels.
fn png_density(bytes: &[u8]) -> Option<u16> {
    let at = bytes.windows(4).take(4096).position(|name| name == b"pHYs")?;
    let [x3, x2, x1, x0, _, _, _, _, 1] = bytes.get(at + 4..at + 13)? else { return None };
    let metre = u64::from(u32::from_be_bytes([*x3, *x2, *x1, *x0]));
    u16::try_from((metre * 254 + 5000) / 10_000).ok()
}

/// Grey stays grey, colour colour; what shines through is on white.
fn plain(decoded: DynamicImage) -> Result<Picture, Trouble> {
    let grey = !decoded.color().has_color();
    let clear = decoded.color().has_alpha();
    let (width, height) = (decoded.width(), decoded.height());
    let decoded = if clear { on_white(&decoded) } else { decoded };
    let (depth, bytes) =
        if grey { (1, decoded.into_luma8().into_raw()) } else { (3, decoded.into_rgb8().into_raw()) };
    picture(width, height, depth, bytes)
}

fn on_white(decoded: &DynamicImage) -> DynamicImage {
    let mut flat = decoded.to_rgba8();
    for pixel in flat.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let over = |ink: u8| {
            let mixed = (u32::from(ink) * u32::from(alpha) + 255 * u32::from(255 - alpha)) / 255;
            u8::try_from(mixed).unwrap_or(255)
        };
        pixel.0 = [over(red), over(green), over(blue), 255];
    }
    DynamicImage::ImageRgba8(flat)
}

fn picture(width: u32, height: u32, depth: usize, bytes: Vec<u8>) -> Result<Picture, Trouble> {
    let side = |side: u32| usize::try_from(side).map_err(|_| too_large());
    Picture::new(side(width)?, side(height)?, depth, bytes).ok_or_else(broken)
}

/// Set as Exif tells: 1 upright, 3 upside down, 6 and 8 lying, the even ones mirrored.
fn looked_at(picture: Picture, orientation: u16) -> Picture {
    match orientation {
        2 => picture.mirrored(),
        3 => picture.turned(180),
        4 => picture.turned(180).mirrored(),
        5 => picture.turned(90).mirrored(),
        6 => picture.turned(90),
        7 => picture.turned(270).mirrored(),
        8 => picture.turned(270),
        _ => picture,
    }
}

fn tiff_of(bytes: &[u8]) -> Result<Decoder<Cursor<&[u8]>>, Trouble> {
    Decoder::new(Cursor::new(bytes)).map_err(|_| broken())
}

/// Counts the pages by their headers; a chain of headers that never ends is cut at the limit.
fn sizes_of_tiff(bytes: &[u8], limits: &Limits) -> Result<u32, Trouble> {
    let mut decoder = tiff_of(bytes)?;
    let mut pages = 1;
    loop {
        let (width, height) = decoder.dimensions().map_err(|_| broken())?;
        within(width, height, limits)?;
        if !decoder.more_images() || pages > limits.pages {
            return Ok(pages);
        }
        decoder.next_image().map_err(|_| broken())?;
        pages += 1;
    }
}

fn of_tiff(bytes: &[u8], number: u32) -> Result<Raw, Trouble> {
    let mut decoder = tiff_of(bytes)?;
    for _ in 1..number {
        decoder.next_image().map_err(|_| broken())?;
    }
    let (width, height) = decoder.dimensions().map_err(|_| broken())?;
    let orientation = decoder.find_tag_unsigned::<u16>(Tag::Orientation).ok().flatten().unwrap_or(1);
    let dpi = tiff_density(&mut decoder);
    let colour = decoder.colortype().map_err(|_| broken())?;
    let DecodingResult::U8(bytes) = decoder.read_image().map_err(|_| broken())? else { return Err(broken()) };
    let (depth, bytes) = match colour {
        ColorType::RGB(8) => (3, bytes),
        ColorType::RGBA(8) => (3, every(&bytes, 4, |rgba| rgba.get(..3).unwrap_or(&[]).to_vec())),
        ColorType::Gray(8) => (1, bytes),
        ColorType::GrayA(8) => (1, every(&bytes, 2, |pair| pair.get(..1).unwrap_or(&[]).to_vec())),
        ColorType::Gray(1) => (1, two_tone(&bytes, width)),
        ColorType::CMYK(8) => (3, every(&bytes, 4, inked)),
        _ => return Err(broken()),
    };
    Ok(raw(looked_at(picture(width, height, depth, bytes)?, orientation), dpi, None))
}

fn tiff_density(decoder: &mut Decoder<Cursor<&[u8]>>) -> Option<u16> {
    let value = decoder.find_tag(Tag::XResolution).ok().flatten()?;
    let tiff::decoder::ifd::Value::Rational(dots, of) = value else { return None };
    let dots = dots.checked_div(of)?;
    match decoder.find_tag_unsigned::<u16>(Tag::ResolutionUnit).ok().flatten().unwrap_or(2) {
        2 => u16::try_from(dots).ok(),
        3 => u16::try_from(dots.checked_mul(254)? / 100).ok(),
        _ => None,
    }
}

fn every(bytes: &[u8], of: usize, made: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    bytes.chunks_exact(of).flat_map(made).collect()
}

fn inked(cmyk: &[u8]) -> Vec<u8> {
    let [cyan, magenta, yellow, black] = cmyk else { return Vec::new() };
    let left = |ink: &u8| u8::try_from(u32::from(255 - ink) * u32::from(255 - black) / 255).unwrap_or(255);
    vec![left(cyan), left(magenta), left(yellow)]
}

/// Eight pixels a byte, rows filled up to whole bytes.
fn two_tone(bytes: &[u8], width: u32) -> Vec<u8> {
    let width = usize::try_from(width).unwrap_or(usize::MAX);
    let shown = |row: &[u8]| {
        let bits = row.iter().flat_map(|byte| (0..8).rev().map(move |bit| (byte >> bit) & 1));
        bits.take(width).map(|bit| bit * 255).collect::<Vec<u8>>()
    };
    bytes.chunks_exact(width.div_ceil(8).max(1)).flat_map(shown).collect()
}

/// The height of A4 in hundredths of an inch.
const A4: u32 = 1169;
/// What programs write when they do not know.
const SAID_BY_DEFAULT: [u16; 4] = [0, 1, 72, 96];

fn raw(picture: Picture, told: Option<u16>, original: Option<Vec<u8>>) -> Raw {
    let told = told.filter(|dpi| !SAID_BY_DEFAULT.contains(dpi) && *dpi <= 2400);
    let (width, height) = picture.size();
    let of_a4 = u64::from(width.max(height)).saturating_mul(100) / u64::from(A4);
    let dpi = told.unwrap_or_else(|| u16::try_from(of_a4).unwrap_or(2400).clamp(1, 2400));
    Raw { picture, dpi, dpi_told: told.is_some(), original }
}
