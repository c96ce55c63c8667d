//! Tells the national portal how satisfied people were in the months that have ended (wire.md §1.10).

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::portal::Satisfaction;
use connectors::trip::Trip;
use entities::ratings::{self, Heard, Score};
use rules::local_time::local_date;
use uuid::Uuid;

/// Does one attempt: every month that has ended and was not told, so that none is lost while the portal is off. A month
/// is told once; one in which nobody said anything is not told at all.
pub(super) async fn run(hands: &Hands, attempt: &Attempt) -> Ended {
    let today = local_date(hands.clock.now());
    for month in ratings::untold(hands.database.reader(), today).await? {
        tell(hands, month, attempt).await?;
    }
    Ok(())
}

async fn tell(hands: &Hands, month: (i32, u32), attempt: &Attempt) -> Ended {
    let mut figures = Vec::new();
    for (about, heard) in ratings::of_month(hands.database.reader(), &hands.sealer, month, None).await? {
        figures.push(figure(hands, month, about, heard).await?);
    }
    if figures.is_empty() {
        return Ok(());
    }
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let taken = hands.wires.portal()?.tell_satisfaction(&trip, &figures).await?;
    let tx = hands.database.begin().await?;
    ratings::told(&tx, month, &taken.raw_answer, hands.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

async fn figure(
    hands: &Hands,
    (year, month): (i32, u32),
    (code, unit): (String, Uuid),
    heard: Heard,
) -> Result<Satisfaction, super::ended::Trouble> {
    let (db, at) = (hands.database.reader(), hands.clock.now());
    let unit = hands.catalogue.unit(db, unit, at).await?;
    let procedure = entities::catalogue::procedures::by_code(db, &code).await?;
    let count = |score| heard.scores.get(&score).copied().unwrap_or_default();
    Ok(Satisfaction {
        year,
        month,
        procedure_code: code,
        procedure_name: procedure.name,
        unit: (unit.code_on(local_date(at)).to_owned(), unit.row.name.clone()),
        very_satisfied: count(Score::VerySatisfied),
        satisfied: count(Score::Satisfied),
        dissatisfied: count(Score::Dissatisfied),
        opinions: heard.opinions,
    })
}
