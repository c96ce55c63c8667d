//! The keys of an office of the tests: a ring in its own database, under a master that everybody knows.

use entities::clock::Clock;
use entities::database::Database;
use entities::keys::masters::Masters;
use entities::sealed_files::store::SealedStore;
use entities::sealing::Sealer;
use object_store::ObjectStore;
use secrecy::SecretString;
use std::sync::Arc;

/// The master of the offices of the tests.
pub const MASTER: &str = "a master secret of the tests, long enough";

/// The masters of a process whose settings name these; the first is the one in use.
pub fn masters(secrets: &[&str]) -> Masters {
    let secrets: Vec<SecretString> = secrets.iter().map(|secret| SecretString::from(*secret)).collect();
    Masters::new(&secrets[0], &secrets[1..]).unwrap()
}

/// A store of files over `raw`, which keeps them sealed.
pub fn sealed(raw: &Arc<dyn ObjectStore>, sealer: &Sealer) -> Arc<dyn ObjectStore> {
    Arc::new(SealedStore::over(Arc::clone(raw), sealer.clone()))
}

/// The data keys of this database, made when it has none.
pub async fn unlocked(database: &Database, clock: &Clock) -> Sealer {
    Sealer::unlock(database, masters(&[MASTER]), clock.now()).await.unwrap()
}
