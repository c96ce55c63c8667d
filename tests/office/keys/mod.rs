//! The keys under everything that is sealed: made once, turned while people work, and forgotten for good.

mod dump;
mod files;
mod forgetting;
mod ring;
mod turning;

use crate::support::clock::standing;
use crate::support::database::TestDatabase;
use crate::support::keys::unlocked;
use entities::sealing::Sealer;

/// The keys of an office of which nothing else is needed.
async fn sealer() -> Sealer {
    let database = TestDatabase::fresh().await;
    unlocked(&database, &standing()).await
}
