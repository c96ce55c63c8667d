//! Checks the digital signatures of a paper on the very bytes that were handed in.

use super::ended::{Ended, Trouble as Ending};
use super::staging::{Desk, Halt, take_up};
use crate::deed::Attempt;
use crate::hands::Hands;
use digitising::signatures::{Roots, check, overall};
use rules::papers::Stage;
use serde_json::json;
use std::path::Path;
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, digitisation: Uuid, attempt: &Attempt) -> Ended {
    let Some(desk) = take_up(hands, digitisation, Stage::Signatures, attempt).await? else { return Ok(()) };
    let ended = look(&desk).await;
    desk.end(ended).await
}

async fn look(desk: &Desk<'_>) -> Result<(), Halt> {
    let file = desk.file().await?;
    let bytes = desk.fetch(&file.sha256).await?;
    let (folder, at) = (desk.hands.digitising.roots.clone(), desk.attempt.at);
    let checking =
        tokio::task::spawn_blocking(move || Ok::<_, Ending>(check(&bytes, &roots(folder.as_deref())?, at)));
    let reports = checking.await.map_err(|_| Ending::fail(BROKE_OFF))??;
    let standing = overall(&reports);
    let report = json!({"signatures": reports.len(), "standing": standing.key()});
    let mut found = desk.found(report, ENGINE);
    if !reports.is_empty() {
        let told = serde_json::to_string(&reports).map_err(Ending::fail)?;
        found.report_sealed = Some(desk.seal_report(&told)?);
    }
    let tx = desk.begin().await?;
    desk.done(tx, found, Stage::Extract).await
}

const ENGINE: &str = concat!("motcua ", env!("CARGO_PKG_VERSION"));
const BROKE_OFF: &str = "không xem được chữ ký số / the signatures could not be looked at";

/// Every file of the folder, or nothing that is trusted. A file that is no certificate is an error of the settings.
fn roots(folder: Option<&Path>) -> Result<Roots, Ending> {
    let mut roots = Roots::default();
    let Some(folder) = folder else { return Ok(roots) };
    let unread = |e: &dyn std::fmt::Display| {
        Ending::from(crate::deed::Outcome::retry(format!(
            "không đọc được thư mục chứng thư gốc [digitising] roots / the folder of roots cannot be read: {e}"
        )))
    };
    for entry in std::fs::read_dir(folder).map_err(|e| unread(&e))? {
        let path = entry.map_err(|e| unread(&e))?.path();
        if path.is_file() {
            let bytes = std::fs::read(&path).map_err(|e| unread(&e))?;
            roots.add(&bytes).map_err(|e| unread(&e))?;
        }
    }
    Ok(roots)
}
