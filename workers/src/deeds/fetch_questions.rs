//! Reads the questions that citizens put at the national portal; each is kept once (wire.md §1.10).

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::trip::Trip;
use entities::questions::{self, Asked, NewQuestion};

/// Does one attempt.
pub(super) async fn run(hands: &Hands, attempt: &Attempt) -> Ended {
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let asked = hands.wires.portal()?.questions(&trip).await?;
    let at = hands.clock.now();
    let calendar = hands.catalogue.calendar(hands.database.reader(), at).await?;
    let tx = hands.database.begin().await?;
    for question in asked {
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
        questions::keep(&tx, &hands.sealer, &calendar, new, at).await?;
    }
    tx.commit().await?;
    Ok(())
}
