//! What was handed in, as upright pictures of its pages (D-06).

mod colour;
mod decoding;
pub(crate) mod jpeg;
mod pixels;
mod poppler;
mod skew;
mod tagged;
#[cfg(test)]
mod tests;
mod upright;

pub use pixels::Picture;

use crate::limits::Limits;
use crate::refusals;
use crate::tools::Tools;
use crate::trouble::Trouble;
use decoding::Still;
use poppler::Pdf;
use std::sync::Arc;

/// Below this many dots per inch a page does not meet the rule for scans (NĐ 30/2020 Phụ lục I; D-06).
pub const LEAST_DPI: u16 = 200;

/// A page as a picture: upright, straight, at the resolution it came with; never blown up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// From 1.
    pub number: u32,
    /// The picture as JPEG, grey or colour; the very bytes that were handed in where nothing had to be changed.
    pub jpeg: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Dots per inch.
    pub dpi: u16,
    /// The picture itself tells its dots per inch; otherwise they are what an A4 page of its height would have.
    pub dpi_told: bool,
    /// Degrees it was turned clockwise: 0, 90, 180 or 270.
    pub turned: u16,
    /// Hundredths of a degree by which its lines fell to the right before they were made level; 0 when left alone.
    pub skew: i16,
}

impl Page {
    /// What an officer should know of it, in Vietnamese and in English; none when it is as the rule asks.
    pub fn finding(&self) -> Option<(String, String)> {
        let Self { number, dpi, dpi_told, .. } = self;
        let told = if *dpi_told { ("", "") } else { ("ước tính ", "an estimated ") };
        (*dpi < LEAST_DPI).then(|| {
            (
                format!(
                    "Trang {number} chỉ có {}{dpi} dpi, dưới mức {LEAST_DPI} dpi; nên quét lại từ bản giấy.",
                    told.0
                ),
                format!(
                    "Page {number} has {}{dpi} dpi only, below {LEAST_DPI}; it should be scanned again.",
                    told.1
                ),
            )
        })
    }
}

impl Page {
    /// Its black print in grey, with seals and other coloured ink faded; none when there is hardly any coloured ink.
    pub(crate) async fn black_print(&self) -> Result<Option<Picture>, Trouble> {
        let jpeg = self.jpeg.clone();
        apart(move || Ok(colour::faded(&decoding::kept(&jpeg)?))).await
    }
}

/// A paper that was opened: its pages are made one at a time.
#[derive(Debug)]
pub struct Paper {
    tools: Tools,
    limits: Limits,
    form: Form,
}

#[derive(Debug)]
enum Form {
    Pdf(Pdf),
    Still(Arc<Still>),
}

impl Paper {
    /// Opens a PDF or a picture (JPEG, PNG, TIFF); other types and papers that cannot be read are [`Trouble::Paper`].
    pub async fn open(
        tools: &Tools,
        limits: &Limits,
        bytes: &[u8],
        media_type: &str,
    ) -> Result<Self, Trouble> {
        let form = match media_type {
            "application/pdf" => Form::Pdf(Pdf::open(tools, limits, bytes).await?),
            "image/jpeg" | "image/png" | "image/tiff" => {
                let (bytes, media_type, limits) = (bytes.to_vec(), media_type.to_owned(), *limits);
                let still = apart(move || Still::open(bytes, &media_type, &limits)).await?;
                Form::Still(Arc::new(still))
            }
            _ => return Err(refusals::no_pages()),
        };
        Ok(Self { tools: tools.clone(), limits: *limits, form })
    }

    /// How many pages it has.
    pub fn pages(&self) -> u32 {
        match &self.form {
            Form::Pdf(pdf) => pdf.pages(),
            Form::Still(still) => still.pages(),
        }
    }

    /// Page `number`, from 1.
    pub async fn page(&self, number: u32) -> Result<Page, Trouble> {
        let raw = match &self.form {
            Form::Pdf(pdf) => pdf.page(&self.tools, &self.limits, number).await?,
            Form::Still(still) => {
                let still = Arc::clone(still);
                apart(move || still.page(number)).await?
            }
        };
        let (raw, small) = apart(move || {
            let small = raw.picture.grey().reduced(raw.dpi, 150);
            Ok((raw, small))
        })
        .await?;
        let turned = upright::turn(&self.tools, small).await?;
        apart(move || finished(raw, number, turned)).await
    }
}

/// A page before it is set upright.
#[derive(Debug)]
struct Raw {
    picture: Picture,
    dpi: u16,
    dpi_told: bool,
    /// The bytes it was decoded from, where they are a JPEG of just this picture.
    original: Option<Vec<u8>>,
}

fn finished(raw: Raw, number: u32, turned: u16) -> Result<Page, Trouble> {
    let Raw { picture, dpi, dpi_told, original } = raw;
    let picture = picture.turned(turned);
    let skew = skew::of(&picture.grey().reduced(dpi, 100));
    let picture = if skew == 0 { picture } else { skew::levelled(&picture, skew) };
    let untouched = original.filter(|_| turned == 0 && skew == 0);
    let jpeg = untouched.map_or_else(|| jpeg::written(&picture, dpi), Ok)?;
    let (width, height) = picture.size();
    Ok(Page { number, jpeg, width, height, dpi, dpi_told, turned, skew })
}

/// Work on pixels, off the threads that answer others. A panic in a decoder is a paper that cannot be read.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> Result<T, Trouble> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(refusals::broken()))
}

/// How many pages a picture file has; fails when its headers cannot be read or promise more than `limits` allow.
pub(crate) fn still_pages(bytes: &[u8], media_type: &str, limits: &Limits) -> Result<u32, Trouble> {
    Still::open(bytes.to_vec(), media_type, limits).map(|still| still.pages())
}
