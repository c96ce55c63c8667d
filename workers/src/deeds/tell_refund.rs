//! Writes down that the applicant is told of money that was given back, once (F-06).

use super::ended::Ended;
use super::letters::{About, tell};
use crate::deed::Attempt;
use crate::hands::Hands;
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, refund: Uuid, attempt: &Attempt) -> Ended {
    let about = About::refund(hands, refund).await?;
    tell(hands, &about, attempt).await
}
