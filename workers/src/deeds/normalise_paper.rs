//! Makes upright pictures of the pages of a paper, one after the other; what was made before is kept (D-06).

use super::ended::Ended;
use super::staging::{Desk, Halt, take_up};
use crate::deed::Attempt;
use crate::hands::Hands;
use digitising::pages::{Page, Paper};
use digitising::trouble::Trouble;
use entities::digitisations::pages::{self, Picture};
use entities::digitisations::steps;
use rules::papers::Stage;
use serde_json::json;
use std::time::Instant;
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, digitisation: Uuid, attempt: &Attempt) -> Ended {
    let Some(desk) = take_up(hands, digitisation, Stage::Normalise, attempt).await? else { return Ok(()) };
    let ended = normalise(&desk).await;
    desk.end(ended).await
}

async fn normalise(desk: &Desk<'_>) -> Result<(), Halt> {
    let (file, settings) = (desk.file().await?, &desk.hands.digitising);
    let bytes = desk.fetch(&file.sha256).await?;
    let paper = Paper::open(&desk.tools(), &settings.paper_limits(), &bytes, &file.media_type).await?;
    let all = i32::try_from(paper.pages()).unwrap_or(i32::MAX);
    let made = pages::count(desk.hands.database.reader(), desk.item.id).await?;
    for number in made + 1..=all {
        make(desk, &paper, (number, all)).await?;
        if number < all && desk.spent() > settings.turn() {
            return go_on(desk).await;
        }
    }
    let (below, skewed) =
        pages::quality(desk.hands.database.reader(), desk.item.id, settings.min_dpi).await?;
    let report = json!({"pages": all, "below_min_dpi": below, "turned": skewed});
    let tx = desk.begin().await?;
    desk.done(tx, desk.found(report, "poppler"), Stage::Recognise).await
}

/// Others come first for a while; the next job goes on after the last page that was made.
async fn go_on(desk: &Desk<'_>) -> Result<(), Halt> {
    let tx = desk.begin().await?;
    desk.order(&tx, Stage::Normalise).await?;
    tx.commit().await?;
    desk.ring().await
}

async fn make(desk: &Desk<'_>, paper: &Paper, (number, all): (i32, i32)) -> Result<(), Halt> {
    let begun = Instant::now();
    let page = paper.page(u32::try_from(number).unwrap_or(1)).await?;
    if let Some(finding) = too_coarse(desk, &page) {
        return Err(finding.into());
    }
    let picture = Picture { took: begun.elapsed(), ..kept(desk, page).await? };
    let tx = desk.begin().await?;
    pages::add(&tx, desk.item.id, number, &picture).await?;
    steps::progressed(&tx, desk.item.id, (0, all), desk.attempt.at).await?;
    tx.commit().await?;
    Ok(())
}

/// A scan of the office is made anew when it is coarser than the rule asks; what a citizen sent is taken as it is (D-06).
fn too_coarse(desk: &Desk<'_>, page: &Page) -> Option<Trouble> {
    let least = desk.hands.digitising.min_dpi;
    let coarse = desk.item.scanned_by.is_some() && page.dpi_told && u32::from(page.dpi) < least;
    coarse.then(|| Trouble::Paper {
        code: "too_coarse",
        vi: format!("Trang {} quét ở {} dpi, dưới mức {least} dpi; hãy quét lại.", page.number, page.dpi),
        en: format!("Page {} was scanned at {} dpi, below {least}: scan it again.", page.number, page.dpi),
    })
}

async fn kept(desk: &Desk<'_>, page: Page) -> Result<Picture, Halt> {
    Ok(Picture {
        width: page.width,
        height: page.height,
        dpi: page.dpi.into(),
        turned: page.turned,
        sha256: desk.keep(page.jpeg).await?,
        took: std::time::Duration::ZERO,
    })
}
