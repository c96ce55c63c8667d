//! A code to be read by a telephone, as one path of squares.

use crate::error::Error;
use qrcode::{Color, EcLevel, QrCode};

/// Modules left white around the code.
const QUIET: usize = 2;

/// The code of an address as an SVG picture. Fails when the address is too long.
pub(crate) fn picture(address: &str) -> Result<String, Error> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(|_| Error::Code)?;
    let width = code.width();
    let mut path = String::new();
    for (row, colours) in code.to_colors().chunks(width).enumerate() {
        for (column, _) in colours.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
            path.push_str(&format!("M{} {}h1v1h-1z", column + QUIET, row + QUIET));
        }
    }
    let side = width + 2 * QUIET;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{side}\" height=\"{side}\">\
         <path d=\"{path}\"/></svg>"
    ))
}
