//! Which way is up, as tesseract sees it in the letters.

use super::pixels::Picture;
use crate::tools::{Call, Tools};
use crate::trouble::Trouble;

/// Below this it is a guess, and the page is left as it is.
const SURE: f32 = 3.0;

/// Degrees clockwise that set a grey picture upright; 0 when there are too few letters to tell.
pub(super) async fn turn(tools: &Tools, small: Picture) -> Result<u16, Trouble> {
    let args = ["stdin", "stdout", "--psm", "0", "-l", "osd", "--dpi", "150"];
    let ran = tools.run(Call::new("tesseract", args).given(small.plain())).await?;
    let said = String::from_utf8_lossy(&ran.output).into_owned();
    let value = |name: &str| said.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let sure = value("Orientation confidence:").and_then(|sure| sure.parse::<f32>().ok());
    let turn = value("Rotate:").and_then(|turn| turn.parse::<u16>().ok());
    Ok(turn.filter(|_| sure.is_some_and(|sure| sure >= SURE)).unwrap_or(0))
}
