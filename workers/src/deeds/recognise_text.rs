//! Reads the text of a paper page by page, each kept at once, and binds all pages as one searchable PDF/A at the end.

use super::ended::Ended;
use super::staging::{Desk, Halt, take_up};
use crate::deed::Attempt;
use crate::hands::Hands;
use digitising::pages::Page;
use digitising::reader::{Reader, Tesseract};
use digitising::rendition::{Binding, Details};
use entities::digitisations::{pages, steps};
use entities::tables::digitised_pages::Model;
use rules::papers::Stage;
use serde_json::json;
use std::time::Instant;
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, digitisation: Uuid, attempt: &Attempt) -> Ended {
    let Some(desk) = take_up(hands, digitisation, Stage::Recognise, attempt).await? else { return Ok(()) };
    let ended = recognise(&desk).await;
    desk.end(ended).await
}

async fn recognise(desk: &Desk<'_>) -> Result<(), Halt> {
    let reader = Tesseract::new(desk.tools(), &desk.hands.digitising.languages);
    while let Some(page) = pages::first_unread(desk.hands.database.reader(), desk.item.id).await? {
        read(desk, &reader, &page).await?;
        if desk.spent() > desk.hands.digitising.turn() {
            return go_on(desk).await;
        }
    }
    let engine = reader.name().await?;
    let rows = pages::of(desk.hands.database.reader(), desk.item.id).await?;
    let bound = desk.keep(bound(desk, &rows).await?).await?;
    let sure: i64 = rows.iter().filter_map(|row| row.confidence).map(i64::from).sum();
    let mean = sure.checked_div(i64::try_from(rows.len()).unwrap_or(1)).unwrap_or(0);
    let report = json!({"pages": rows.len(), "confidence": mean});
    let mut found = desk.found(report, &engine);
    found.output_sha256 = Some(bound);
    found.millis = rows.iter().map(|row| row.millis).sum();
    let tx = desk.begin().await?;
    desk.done(tx, found, Stage::Signatures).await
}

/// Others come first for a while; the next job goes on at the first unread page.
async fn go_on(desk: &Desk<'_>) -> Result<(), Halt> {
    let tx = desk.begin().await?;
    desk.order(&tx, Stage::Recognise).await?;
    tx.commit().await?;
    desk.ring().await
}

async fn read(desk: &Desk<'_>, reader: &Tesseract, row: &Model) -> Result<(), Halt> {
    let begun = Instant::now();
    let text = reader.read(&picture(desk, row).await?).await?;
    let took = begun.elapsed();
    let tx = desk.begin().await?;
    if pages::note_text(&tx, &desk.hands.sealer, row, (&text, took)).await? {
        let counted = (row.page, desk.item.pages.unwrap_or(row.page));
        steps::progressed(&tx, desk.item.id, counted, desk.attempt.at).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Bound page after page: no more than a few pictures are held at once.
async fn bound(desk: &Desk<'_>, rows: &[Model]) -> Result<Vec<u8>, Halt> {
    let (catalogue, db) = (&desk.hands.catalogue, desk.hands.database.reader());
    let unit = catalogue.unit(db, desk.item.unit_id, desk.attempt.at).await?;
    let binding = Binding::begin(Details {
        title: desk.item.name.clone(),
        unit: unit.row.name.clone(),
        at: desk.item.opened_at,
        key: desk.item.id.to_string(),
    });
    for row in rows {
        binding.page(picture(desk, row).await?, pages::text(&desk.hands.sealer, row)?).await;
    }
    Ok(binding.end().await?)
}

async fn picture(desk: &Desk<'_>, row: &Model) -> Result<Page, Halt> {
    let whole = |number: i32| u32::try_from(number).unwrap_or(0);
    Ok(Page {
        number: whole(row.page),
        jpeg: desk.fetch(&row.picture_sha256).await?.to_vec(),
        width: whole(row.width),
        height: whole(row.height),
        dpi: u16::try_from(row.dpi).unwrap_or(u16::MAX),
        dpi_told: true,
        turned: u16::try_from(row.turned).unwrap_or(0),
        skew: 0,
    })
}
