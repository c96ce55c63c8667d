//! Reads the questions that citizens put at the national portal; each is kept once (wire.md §1.10).

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::portal::Question;
use connectors::trip::Trip;
use entities::questions::{self, Asked, Keeping, NewQuestion};
use rules::calendar::Calendar;

/// Does one attempt. Each question stands for itself: an odd one keeps none of the others out.
pub(super) async fn run(hands: &Hands, attempt: &Attempt) -> Ended {
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let asked = hands.wires.portal()?.questions(&trip).await?;
    let calendar = hands.catalogue.calendar(hands.database.reader(), hands.clock.now()).await?;
    let (mut odd, mut trouble) = (0_usize, None);
    for question in asked {
        match keep(hands, &calendar, question).await {
            Ok(Keeping::Kept) => {}
            Ok(Keeping::Odd) => odd = odd.saturating_add(1),
            Err(failed) => trouble = Some(failed),
        }
    }
    if odd > 0 {
        tracing::warn!(odd, "questions of the portal have a key or a unit that cannot be kept");
    }
    trouble.map_or(Ok(()), Err)
}

async fn keep(hands: &Hands, calendar: &Calendar, question: Question) -> Result<Keeping, Trouble> {
    let new = NewQuestion {
        portal_key: question.id,
        unit_code: question.unit_code,
        field_code: question.field_code,
        national_code: question.procedure_code,
        asked: Asked {
            content: question.content,
            name: question.asked_by,
            email: question.email,
            phone: question.phone,
        },
    };
    let tx = hands.database.begin().await?;
    let kept = questions::keep(&tx, &hands.sealer, calendar, new, hands.clock.now()).await?;
    tx.commit().await?;
    Ok(kept)
}
