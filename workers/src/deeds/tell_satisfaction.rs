//! Tells the national portal how satisfied people were in the month that has ended (wire.md §1.10).

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use chrono::{Datelike, Days, NaiveDate};
use connectors::portal::Satisfaction;
use connectors::trip::Trip;
use entities::ratings::{self, Heard, Score};
use rules::local_time::local_date;
use uuid::Uuid;

/// Does one attempt. A month is told once; one in which nobody said anything is not told at all.
pub(super) async fn run(hands: &Hands, attempt: &Attempt) -> Ended {
    let (year, month) = last_month(local_date(hands.clock.now()));
    let key = format!("{year:04}-{month:02}");
    let db = hands.database.reader();
    if ratings::is_told(db, &key).await? {
        return Ok(());
    }
    let mut figures = Vec::new();
    for ((code, unit), heard) in ratings::of_month(db, &hands.sealer, (year, month), None).await? {
        figures.push(figure(hands, (year, month), (code, unit), heard).await?);
    }
    if figures.is_empty() {
        return Ok(());
    }
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let taken = hands.wires.portal()?.tell_satisfaction(&trip, &figures).await?;
    let tx = hands.database.begin().await?;
    ratings::told(&tx, &key, &taken.raw_answer, hands.clock.now()).await?;
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

fn last_month(today: NaiveDate) -> (i32, u32) {
    let first = today.with_day(1).unwrap_or(today);
    let before = first.checked_sub_days(Days::new(1)).unwrap_or(first);
    (before.year(), before.month())
}
