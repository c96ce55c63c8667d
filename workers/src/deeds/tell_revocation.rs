//! Writes down that the applicant is told of a result that its unit revoked, once.

use super::ended::Ended;
use super::letters::{About, tell};
use crate::deed::Attempt;
use crate::hands::Hands;
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, result: Uuid, attempt: &Attempt) -> Ended {
    let about = About::revocation(hands, result).await?;
    tell(hands, &about, attempt).await
}
