//! Square codes as pictures: SVG for pages and print, PNG for screens that draw no SVG.

use entities::Error;
use qrcode::{Color, EcLevel, QrCode};

/// Modules left white around a code, as scanners want it.
const QUIET: usize = 4;

/// Pixels a module has in a PNG.
const SCALE: usize = 8;

/// A code as rows of modules, `true` is dark, with its quiet zone.
fn modules(text: &str) -> Result<Vec<Vec<bool>>, Error> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M);
    let code = code.map_err(|why| Error::damaged("square code", why))?;
    let side = code.width() + 2 * QUIET;
    let mut rows = vec![vec![false; side]; side];
    for (y, colours) in code.to_colors().chunks(code.width()).enumerate() {
        for (x, colour) in colours.iter().enumerate() {
            if let Some(module) = rows.get_mut(y + QUIET).and_then(|row| row.get_mut(x + QUIET)) {
                *module = *colour == Color::Dark;
            }
        }
    }
    Ok(rows)
}

/// The code as SVG. Fails when the text does not fit one.
pub(crate) fn svg(text: &str) -> Result<String, Error> {
    let rows = modules(text)?;
    let side = rows.len();
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"320\" height=\"320\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\"/></svg>"
    ))
}

/// The code as PNG, one bit a pixel. Fails when the text does not fit one.
pub(crate) fn png(text: &str) -> Result<Vec<u8>, Error> {
    let rows = modules(text)?;
    let side = u32::try_from(rows.len() * SCALE).map_err(|why| Error::damaged("square code", why))?;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().map_err(|why| Error::damaged("png", why))?;
    let image: Vec<u8> = rows.iter().flat_map(|row| packed(row).repeat(SCALE)).collect();
    writer.write_image_data(&image).map_err(|why| Error::damaged("png", why))?;
    writer.finish().map_err(|why| Error::damaged("png", why))?;
    Ok(bytes)
}

/// One line of pixels: eight of a module fill a byte, white is 1.
fn packed(row: &[bool]) -> Vec<u8> {
    row.iter().map(|dark| if *dark { 0x00 } else { 0xFF }).collect()
}
