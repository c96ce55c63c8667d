//! What a JPEG tells before it is decoded, and writing one (ITU-T T.81, JFIF, Exif).

use super::pixels::Picture;
use super::tagged;
use crate::refusals;
use crate::trouble::Trouble;
use image::ExtendedColorType;
use image::codecs::jpeg::{JpegEncoder, PixelDensity};

/// What its markers tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) width: u16,
    pub(crate) height: u16,
    /// 1 grey, 3 colour, 4 inks of a printer.
    pub(crate) components: u8,
    pub(crate) dpi: Option<u16>,
    /// As Exif counts them, 1 to 8; 1 is upright.
    pub(crate) orientation: u16,
}

/// Walks the markers up to the picture itself; none when it is no JPEG or cut off before.
pub(crate) fn told(bytes: &[u8]) -> Option<Told> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    let mut told = Told { orientation: 1, ..Told::default() };
    loop {
        let [0xff, marker, after @ ..] = rest else { return None };
        if *marker == 0xff {
            rest = rest.get(1..)?;
            continue;
        }
        let [high, low, ..] = after else { return None };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let segment = after.get(2..length)?;
        match (*marker, segment) {
            (0xda, _) => return (told.width > 0 && told.height > 0).then_some(told),
            (0xc4 | 0xc8 | 0xcc, _) => {}
            (0xc0..=0xcf, [_, y1, y0, x1, x0, components, ..]) => {
                told.height = u16::from_be_bytes([*y1, *y0]);
                told.width = u16::from_be_bytes([*x1, *x0]);
                told.components = *components;
            }
            (0xe0, segment) => told.dpi = told.dpi.or(jfif_density(segment)),
            (0xe1, segment) => {
                if let Some(exif) = segment.strip_prefix(b"Exif\0\0") {
                    told.dpi = tagged::density(exif).or(told.dpi);
                    told.orientation = tagged::orientation(exif).unwrap_or(1);
                }
            }
            _ => {}
        }
        rest = after.get(length..)?;
    }
}

fn jfif_density(segment: &[u8]) -> Option<u16> {
    let [_, _, unit, x1, x0, ..] = segment.strip_prefix(b"JFIF\0")? else { return None };
    let dots = u32::from(u16::from_be_bytes([*x1, *x0]));
    match unit {
        1 => u16::try_from(dots).ok(),
        2 => u16::try_from((dots * 254 + 50) / 100).ok(),
        _ => None,
    }
}

/// Good enough that letters keep their accents, small enough to keep for decades.
const QUALITY: u8 = 85;

/// The picture as JPEG with its dots per inch; fails for more than 65,535 pixels a side.
pub(crate) fn written(picture: &Picture, dpi: u16) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    encoder.set_pixel_density(PixelDensity::dpi(dpi));
    let (width, height) = picture.size();
    let kind = if picture.depth() == 1 { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 };
    encoder.encode(picture.bytes(), width, height, kind).map_err(|_| refusals::too_large())?;
    Ok(bytes)
}
