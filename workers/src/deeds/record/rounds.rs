//! Rounds of asking for papers: one each, however many there were, with the due date before and after.

use super::papers::Papers;
use crate::deeds::past::Past;
use crate::hands::Hands;
use connectors::portal::SupplementRound;
use entities::Error;
use entities::dossiers::reading;
use entities::tables::{dossiers, history, supplements};
use rules::lifecycle::ActKind;

/// Rounds asked by then; the answer of a round belongs to it only when it was in by then.
pub(super) async fn supplements(
    hands: &Hands,
    past: &Past,
    papers: &Papers,
) -> Result<Vec<SupplementRound>, Error> {
    let rounds = reading::supplements(hands.database.reader(), past.dossier.id).await?;
    let answers = past.all(ActKind::AnswerSupplement);
    let asked = rounds.into_iter().take(past.times(ActKind::RequestSupplement)).enumerate();
    asked
        .map(|(index, row)| round((hands, &past.dossier), row, answers.get(index).copied(), papers))
        .collect()
}

fn round(
    (hands, dossier): (&Hands, &dossiers::Model),
    row: supplements::Model,
    answer: Option<&history::Model>,
    papers: &Papers,
) -> Result<SupplementRound, Error> {
    // Only officers have a title; what came in online was taken by the system, and no officer is named who did not.
    let taker = answer.filter(|entry| !entry.actor_title.is_empty());
    let note = taker.map(|entry| reading::note(&hands.sealer, dossier, entry)).transpose()?.flatten();
    let taken_by = taker.map(|entry| reading::actor_name(&hands.sealer, dossier, entry)).transpose()?;
    Ok(SupplementRound {
        number: i64::from(row.round),
        asked_for: reading::supplement_reason(&hands.sealer, dossier, &row)?,
        papers: if answer.is_some() { papers.of_round(row.round) } else { Vec::new() },
        asked_by: row.requested_by,
        asked_at: row.requested_at,
        taken_by,
        taken_note: note.filter(|words| !words.is_empty()),
        taken_at: row.answered_at.filter(|_| answer.is_some()),
        // The fee of a dossier is frozen at submission; a supplement asks for no money of its own.
        fees: Vec::new(),
        due_before: row.due_before,
        due_after: row.due_after.filter(|_| answer.is_some()),
    })
}
