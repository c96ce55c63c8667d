//! What holds of the whole database whatever befell the house: said once, asked after every fault.

mod broken;
pub mod busy;
mod chains;
mod codes;
mod effects;
mod folds;
mod keeping;
mod seals;
mod statements;

use entities::chronicle::chaining::{VERY_LATE, chain};
use entities::database::Database;
use entities::sealing::Sealer;
use object_store::ObjectStore;
use sea_orm::ConnectionTrait;
use std::sync::Arc;

/// What an office keeps: its rows, its files, and what opens its seals.
#[derive(Clone)]
pub struct Kept {
    pub database: Database,
    pub files: Arc<dyn ObjectStore>,
    pub sealer: Sealer,
}

impl Kept {
    /// What does not hold though it must at any moment, also right after a `kill -9`; in words, none when all is well.
    pub async fn breaches(&self) -> Vec<String> {
        self.at_any_moment(self.database.writer()).await
    }

    /// The same, and what must hold when all work is done: every effect is there once, and nothing lies about.
    pub async fn breaches_at_rest(&self) -> Vec<String> {
        chain(&self.database, VERY_LATE).await.unwrap();
        self.at_rest(self.database.writer()).await
    }

    /// The first of the two, seen over this connection.
    pub async fn at_any_moment(&self, db: &impl ConnectionTrait) -> Vec<String> {
        let mut found = statements::breaches(db, statements::ALWAYS).await;
        found.extend(codes::breaches(db).await);
        found.extend(folds::breaches(db).await);
        found.extend(chains::breaches(db).await);
        found.extend(seals::breaches(db, &self.sealer).await);
        found.extend(keeping::missing(db, self.files.as_ref()).await);
        found
    }

    async fn at_rest(&self, db: &impl ConnectionTrait) -> Vec<String> {
        let mut found = self.at_any_moment(db).await;
        found.extend(statements::breaches(db, statements::AT_REST).await);
        found.extend(effects::breaches(db).await);
        found.extend(chains::loose_ends(db).await);
        found.extend(keeping::strays(db, self.files.as_ref()).await);
        found
    }
}

/// Invariants that no single statement can ask.
const ASKED: [&str; 11] = [
    codes::NAME,
    folds::STANDING,
    folds::DUE,
    chains::HOLD,
    chains::LINKED,
    effects::TOLD,
    effects::PUSHED,
    effects::FORMS,
    seals::OPENS,
    keeping::KEPT,
    keeping::WRITTEN_DOWN,
];

/// How many invariants there are: those of the two tables, and one for each question asked in a file of its own.
pub fn count() -> u64 {
    u64::try_from(statements::ALWAYS.len() + statements::AT_REST.len() + ASKED.len()).unwrap()
}
