//! The chronicle: its chains hold, it knows of every act, and nothing stands outside the chains.

use entities::chronicle::verifying::{Account, Scope, verify};
use sea_orm::ConnectionTrait;

pub const HOLD: &str = "every chain of the chronicle holds and knows every act";
pub const LINKED: &str = "every entry of the chronicle stands in a chain";

/// What `motcua audit verify` would say.
pub async fn breaches(db: &impl ConnectionTrait) -> Vec<String> {
    account(db).await.breaks.into_iter().map(|found| format!("{HOLD}: {found}")).collect()
}

/// Entries that wait to be linked.
pub async fn loose_ends(db: &impl ConnectionTrait) -> Vec<String> {
    let waiting = account(db).await.waiting;
    (waiting > 0).then(|| format!("{LINKED}: {waiting} wait")).into_iter().collect()
}

async fn account(db: &impl ConnectionTrait) -> Account {
    verify(db, &Scope::default()).await.unwrap()
}
