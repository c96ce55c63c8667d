//! Puts right at the national portal what a comparison found of one dossier: tells it again, as it stands now.

use super::ended::{Ended, Trouble};
use super::portal_telling::Telling;
use crate::deed::Attempt;
use crate::hands::Hands;
use entities::Error;
use entities::dossiers::reading;
use entities::pushes;
use entities::reconciliations::comparing::Kind;
use entities::reconciliations::findings;
use entities::tables::history;
use rules::lifecycle::{Effect, TABLE};
use uuid::Uuid;

/// Does one attempt. What is put right already is left alone; what the portal refuses is noted on the findings.
pub(super) async fn run(hands: &Hands, dossier: Uuid, reconciliation: Uuid, attempt: &Attempt) -> Ended {
    let key = (reconciliation, dossier);
    let open = findings::open(hands.database.reader(), reconciliation, dossier).await?;
    if open.is_empty() {
        return Ok(());
    }
    let kinds = open.iter().map(|finding| finding.what()).collect::<Result<Vec<_>, Error>>()?;
    let telling = Telling { hands, attempt, dossier };
    let ended = again(&telling, kinds.contains(&Kind::MissingThere)).await;
    let tx = hands.database.begin().await?;
    match &ended {
        Ok(()) => findings::repaired(&tx, &[dossier], hands.clock.now()).await?,
        Err(trouble) => findings::troubled(&tx, key, trouble.reason()).await?,
    }
    tx.commit().await?;
    ended
}

/// The record as it stands, as a new one when it is missing there; then the lines that were never taken, or all of them.
async fn again(telling: &Telling<'_>, missing: bool) -> Ended {
    let db = telling.hands.database.reader();
    let dossier = reading::by_id(db, telling.dossier).await?;
    let entries = reading::entries(db, dossier.id).await?;
    let pushed: Vec<i32> = entries.iter().filter(|entry| is_pushed(entry)).map(|entry| entry.seq).collect();
    let Some(newest) = pushed.last().copied() else {
        return Err(Trouble::fail("hồ sơ chưa có gì để gửi / the dossier has nothing to tell"));
    };
    if dossier.national_id.is_some() {
        return telling.status(newest).await;
    }
    let told = pushes::of_dossier(db, dossier.id).await?;
    let whole = |entry: &i32| told.iter().any(|row| row.entry == *entry && row.told_at.is_some());
    let lines: Vec<i32> = pushed.iter().copied().filter(|entry| missing || !whole(entry)).collect();
    telling.put(newest, !missing, &pushed).await?;
    telling.lines(&lines).await
}

fn is_pushed(entry: &history::Model) -> bool {
    let row = TABLE.iter().find(|row| row.act.key() == entry.act);
    // The submission has no row of the table; it is always told.
    row.is_none_or(|row| row.effects.contains(&Effect::Push))
}
