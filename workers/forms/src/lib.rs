//! The paper forms of a one-stop desk, set by typst as PDF/A with the fonts inside: same content, same bytes.

mod error;
mod fonts;
mod printable;
mod qr;
mod world;

pub use error::Error;

use chrono::{Datelike, Timelike};
use rules::forms::{Block, Content};
use rules::local_time::local;
use serde::Serialize;
use serde_json::Value;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::Desk;

/// What the templates read as `data.json`.
#[derive(Serialize)]
struct Data {
    sheet: Value,
    look_up_at: String,
    /// An SVG picture; only where the form asks for it.
    qr: Option<String>,
}

/// Sets a form as PDF/A-2a, tagged, in Vietnamese; its time is that of the act, so a second run gives the same bytes.
///
/// `public_url` is where people look their dossier up, without a slash at the end. Fails when the page cannot be laid
/// out or does not pass the checks of the standard; the words never hold personal data.
pub fn render(content: &Content, public_url: &str) -> Result<Vec<u8>, Error> {
    let document = typst::compile::<PagedDocument>(&Desk::with(data(content, public_url)?)).output;
    let document = document.map_err(|faults| Error::Layout(error::first(&faults)))?;
    let pdf =
        typst_pdf::pdf(&document, &options(content)?).map_err(|faults| Error::Export(error::first(&faults)));
    // What typst remembers between pages grows without end otherwise.
    typst::comemo::evict(10);
    pdf
}

fn data(content: &Content, public_url: &str) -> Result<String, Error> {
    let page = content.sheet();
    let address = format!("{public_url}/v1/lookups");
    let code = page.blocks.iter().find_map(|block| match block {
        Block::LookUp { code, .. } => Some(qr::picture(&format!("{address}?code={code}"))),
        _ => None,
    });
    let mut sheet = json(&page)?;
    printable::clean(&mut sheet);
    let data = Data { sheet, look_up_at: printable::cleaned(&address), qr: code.transpose()? };
    Ok(json(&data)?.to_string())
}

fn json(value: &impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(value).map_err(|e| Error::Layout(e.to_string()))
}

fn options(content: &Content) -> Result<PdfOptions, Error> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]);
    let standards = standards.map_err(|fault| Error::Export(fault.message().to_string()))?;
    let code = content.code().unwrap_or_default();
    Ok(PdfOptions {
        ident: Smart::Custom(format!(
            "{}:{code}:{}",
            content.kind().key(),
            content.issued.at.timestamp_micros()
        )),
        creator: Smart::Custom(Some("motcua".into())),
        timestamp: timestamp(content),
        standards,
        ..PdfOptions::default()
    })
}

/// The wall clock of the office, seven hours ahead of UTC.
fn timestamp(content: &Content) -> Option<Timestamp> {
    let wall = local(content.issued.at);
    let part = |value: u32| u8::try_from(value).ok();
    let moment = Datetime::from_ymd_hms(
        wall.year(),
        part(wall.month())?,
        part(wall.day())?,
        part(wall.hour())?,
        part(wall.minute())?,
        part(wall.second())?,
    )?;
    Timestamp::new_local(moment, 7 * 60)
}
