//! What a dossier says of itself is what its history and its clock events add up to.

use chrono::{DateTime, Utc};
use entities::catalogue::Catalogue;
use entities::dossiers::deadline;
use entities::dossiers::past::{self, Recorded};
use entities::tables::dossiers::{Entity, Model};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

pub const STANDING: &str = "a dossier stands where its history has brought it";
pub const DUE: &str = "a due date is what the clock events add up to";

/// Dossiers that stand elsewhere, or are due at another time.
pub async fn breaches(db: &impl ConnectionTrait) -> Vec<String> {
    let (catalogue, mut found) = (Catalogue::default(), Vec::new());
    let dossiers = Entity::find().all(db).await.unwrap();
    let keys: Vec<Uuid> = dossiers.iter().map(|dossier| dossier.id).collect();
    let recorded = match past::recorded(db, &keys).await {
        Ok(recorded) => recorded,
        Err(error) => return vec![format!("{STANDING}: {error}")],
    };
    for dossier in &dossiers {
        let agrees = recorded.get(&dossier.id).is_some_and(|recorded| agree(dossier, recorded));
        if !agrees {
            found.push(format!("{STANDING}: {}", dossier.code));
        }
        let folded = deadline::of(db, &catalogue, dossier, dossier.updated_at).await;
        if !folded.is_ok_and(|folded| folded.due == dossier.due_at) {
            found.push(format!("{DUE}: {}", dossier.code));
        }
    }
    found
}

fn agree(dossier: &Model, recorded: &Recorded) -> bool {
    let Some(told) = recorded.at(DateTime::<Utc>::MAX_UTC) else { return false };
    // A fold never goes back in time; a clock that was set back does, and the row keeps what it said.
    let same = |row: Option<DateTime<Utc>>, folded: Option<DateTime<Utc>>| {
        let said = |at| recorded.entries.iter().any(|entry| entry.at == at);
        row == folded || row.zip(folded).is_some_and(|(row, folded)| row < folded && said(row))
    };
    let held = dossier.turn == "held";
    dossier.status == told.status.key()
        && dossier.step == told.step
        && (held || dossier.turn == told.turn.key())
        && dossier.assignee == told.assignee
        && u32::try_from(dossier.rounds).is_ok_and(|rounds| rounds == told.rounds)
        && dossier.supplement_answered == told.supplement_answered
        && dossier.submitted_at == told.submitted_at
        && same(dossier.received_at, told.received_at)
        && same(dossier.decided_at, told.decided_at)
        && same(dossier.returned_at, told.returned_at)
}
