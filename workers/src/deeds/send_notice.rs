//! Writes down who is told what of a history entry, once; the jobs of the rows hand them over.

use super::ended::Ended;
use super::letters::{About, tell};
use crate::deed::Attempt;
use crate::hands::Hands;
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, dossier: Uuid, entry: i32, attempt: &Attempt) -> Ended {
    let about = About::entry(hands, dossier, entry).await?;
    tell(hands, &about, attempt).await
}
