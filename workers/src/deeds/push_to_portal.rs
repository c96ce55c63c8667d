//! Puts a history entry before the national portal, and with it all later ones that wait as well.
//!
//! Entries that wait together, because the portal was away, are told together; the jobs of the others find them told.

use super::ended::Ended;
use super::portal_telling::Telling;
use crate::deed::Attempt;
use crate::hands::Hands;
use entities::dossiers::reading;
use entities::pushes;
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, dossier: Uuid, entry: i32, attempt: &Attempt) -> Ended {
    let db = hands.database.reader();
    let told = pushes::of_dossier(db, dossier).await?;
    if told.iter().any(|row| row.entry == entry && row.told_at.is_some()) {
        return Ok(());
    }
    let telling = Telling { hands, attempt, dossier };
    if reading::by_id(db, dossier).await?.national_id.is_some() {
        return telling.status(entry).await;
    }
    let mut due = pushes::waiting(db, dossier, entry).await?;
    due.retain(|waits| *waits > entry);
    due.insert(0, entry);
    match telling.tell(&due).await {
        // One of them may be what the portal does not take: each is judged by itself then.
        Err(trouble) if due.len() > 1 && !trouble.is_retry() => telling.tell(&[entry]).await,
        ended => ended,
    }
}
