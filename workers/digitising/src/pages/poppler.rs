//! Pages of a PDF, drawn by poppler one at a time.

use super::Raw;
use super::pixels::Picture;
use crate::limits::Limits;
use crate::refusals::{self, broken, too_large};
use crate::tools::{Call, Tools};
use crate::trouble::Trouble;
use num_traits::ToPrimitive;
use std::ffi::OsString;
use std::path::PathBuf;
use std::{fs, io};
use tempfile::TempDir;

/// A page that was not scanned is drawn at this many dots per inch, and a scan at no more.
const DRAWN: u16 = 300;
/// Nothing is drawn coarser than this, however little the picture in it tells.
const COARSEST: u16 = 72;

/// A PDF in a folder of its own, which goes with it.
#[derive(Debug)]
pub(super) struct Pdf {
    folder: TempDir,
    pages: u32,
}

impl Pdf {
    /// Lets poppler look at it; fails when it cannot, or when there are more pages than allowed.
    pub(super) async fn open(tools: &Tools, limits: &Limits, bytes: &[u8]) -> Result<Self, Trouble> {
        tools.find("pdftoppm")?;
        let folder = TempDir::with_prefix("motcua-").map_err(unwritten)?;
        fs::write(place(&folder), bytes).map_err(unwritten)?;
        let ran = tools.run(Call::new("pdfinfo", [place(&folder)])).await?;
        if ran.code != 0 {
            let locked = ran.errors.contains("Incorrect password");
            return Err(if locked { refusals::locked() } else { broken() });
        }
        let said = String::from_utf8_lossy(&ran.output).into_owned();
        let pages = value(&said, "Pages:").and_then(|pages| pages.parse().ok()).unwrap_or(0);
        match pages {
            0 => Err(broken()),
            _ if pages > limits.pages => Err(refusals::too_many_pages(pages, limits.pages)),
            _ => Ok(Self { folder, pages }),
        }
    }

    pub(super) fn pages(&self) -> u32 {
        self.pages
    }

    /// Draws a page in colour at the resolution of the scan in it, or at 300 dpi where it is more than one picture.
    pub(super) async fn page(&self, tools: &Tools, limits: &Limits, number: u32) -> Result<Raw, Trouble> {
        let size = self.size(tools, number).await?;
        let scan = self.scan(tools, number, size).await?;
        let dpi = scan.map_or(DRAWN, |scan| scan.dpi).clamp(COARSEST, DRAWN);
        let pixels = |points: f64| points * f64::from(dpi) / 72.0;
        if (pixels(size.0) * pixels(size.1)).to_u64().is_none_or(|pixels| pixels > limits.pixels) {
            return Err(too_large());
        }
        let mut call = self.call("pdftoppm", number);
        call.args.splice(0..0, ["-cropbox".into(), "-r".into(), OsString::from(dpi.to_string())]);
        let ran = tools.run(call).await?;
        let picture = Picture::of_plain(&ran.output).ok_or_else(broken)?;
        let drawn = Raw { picture, dpi, dpi_told: true, original: None };
        match scan {
            Some(scan) if scan.whole && scan.dpi == dpi => self.taken_out(tools, number, drawn).await,
            _ => Ok(drawn),
        }
    }

    /// Width and height in points, as the page is looked at.
    async fn size(&self, tools: &Tools, number: u32) -> Result<(f64, f64), Trouble> {
        let ran = tools.run(self.call("pdfinfo", number)).await?;
        let said = String::from_utf8_lossy(&ran.output).into_owned();
        let line = said.lines().find(|line| line.starts_with("Page ") && line.contains(" size:"));
        let words = line.and_then(|line| line.split_once("size:")).map(|(_, size)| size.split_whitespace());
        let mut sides = words.into_iter().flatten().filter_map(|word| word.parse::<f64>().ok());
        sides.next().zip(sides.next()).filter(|(w, h)| *w > 0.0 && *h > 0.0).ok_or_else(broken)
    }

    /// The one picture that fills the page; none where there is no such picture.
    async fn scan(&self, tools: &Tools, number: u32, size: (f64, f64)) -> Result<Option<Scan>, Trouble> {
        let mut call = self.call("pdfimages", number);
        call.args.insert(0, "-list".into());
        let ran = tools.run(call).await?;
        let said = String::from_utf8_lossy(&ran.output).into_owned();
        let scans: Vec<Scan> = said.lines().skip(2).filter_map(|line| Scan::of(line, size)).collect();
        let alone = said.lines().skip(2).count() == 1;
        Ok(scans.first().map(|scan| Scan { whole: scan.whole && alone, ..*scan }))
    }

    /// The scanner's own JPEG instead of the drawing of it, where both show the same.
    async fn taken_out(&self, tools: &Tools, number: u32, drawn: Raw) -> Result<Raw, Trouble> {
        let folder = TempDir::with_prefix_in("page-", self.folder.path()).map_err(unwritten)?;
        let mut call = self.call("pdfimages", number);
        call.args.insert(0, "-j".into());
        call.args.push(folder.path().join("scan").into_os_string());
        tools.run(call).await?;
        let Ok(jpeg) = fs::read(folder.path().join("scan-000.jpg")) else { return Ok(drawn) };
        super::apart(move || Ok(super::decoding::same(drawn, jpeg))).await
    }

    fn call(&self, program: &'static str, number: u32) -> Call<'static> {
        let number = OsString::from(number.to_string());
        let args = ["-f".into(), number.clone(), "-l".into(), number, place(&self.folder).into_os_string()];
        Call::new(program, args)
    }
}

fn unwritten(error: io::Error) -> Trouble {
    Trouble::Program {
        program: "poppler".into(),
        words: format!("không ghi được tệp tạm / a temporary file cannot be written: {error}"),
    }
}

fn place(folder: &TempDir) -> PathBuf {
    folder.path().join("paper.pdf")
}

fn value<'a>(said: &'a str, name: &str) -> Option<&'a str> {
    said.lines().find_map(|line| line.strip_prefix(name)).map(str::trim)
}

/// A picture that fills its page.
#[derive(Debug, Clone, Copy)]
struct Scan {
    dpi: u16,
    /// It is a JPEG and nothing else is on the page.
    whole: bool,
}

impl Scan {
    /// From a line of `pdfimages -list`: page, num, type, width, height, color, comp, bpc, enc, interp, object, ID, x-ppi,
    /// y-ppi, size, ratio.
    fn of(line: &str, (page_width, page_height): (f64, f64)) -> Option<Self> {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let number = |column: usize| columns.get(column).and_then(|word| word.parse::<f64>().ok());
        if columns.get(2) != Some(&"image") {
            return None;
        }
        let (width, height) = (number(3)? / number(12)? * 72.0, number(4)? / number(13)? * 72.0);
        let covers = |width: f64, height: f64| width >= page_width * 0.85 && height >= page_height * 0.85;
        let dpi = number(12)?.min(number(13)?).round().to_u16()?;
        let whole = columns.get(8) == Some(&"jpeg");
        (covers(width, height) || covers(height, width)).then_some(Self { dpi, whole })
    }
}
