//! Tells the national portal the answer to a question (wire.md §1.10).

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::portal::QuestionAnswer;
use connectors::trip::Trip;
use entities::questions;
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, question: Uuid, attempt: &Attempt) -> Ended {
    let row = questions::by_id(hands.database.reader(), question).await?;
    if row.state == "told" {
        return Ok(());
    }
    let (Some(content), Some(name), Some(answered_at)) = (row.answer, row.answered_name, row.answered_at)
    else {
        return Err(Trouble::fail("câu hỏi chưa được trả lời / the question is not answered"));
    };
    let answer = QuestionAnswer {
        id: row.portal_key,
        unit_code: row.unit_code,
        answered_by: name,
        title: row.answered_title.unwrap_or_default(),
        answered_at,
        content,
    };
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    hands.wires.portal()?.answer_questions(&trip, &[answer]).await?;
    let tx = hands.database.begin().await?;
    questions::told(&tx, question, hands.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}
