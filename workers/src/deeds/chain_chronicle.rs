//! Links the entries of the chronicle that were committed since the last time.

use super::ended::Ended;
use crate::hands::Hands;
use entities::chronicle::chaining::{LATE, chain};

/// Does one attempt, some entries a transaction; the next attempt goes on where a cut off one ended.
pub(super) async fn run(hands: &Hands) -> Ended {
    chain(&hands.database, LATE).await?;
    Ok(())
}
