//! Roles kept by this office, remembered for a few seconds.

use chrono::{DateTime, Utc};
use entities::Error;
use entities::database::Database;
use entities::people::{Held, assignments_of};
use rules::actor::Actor;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Most people remembered at once.
const MOST: usize = 20_000;

/// Roles by subject, and since when they are known.
#[derive(Debug)]
pub(super) struct Roles {
    known: Mutex<HashMap<String, Known>>,
    age: Duration,
}

type Known = (Instant, Arc<Vec<Held>>);

impl Roles {
    pub(super) fn remembered_for(seconds: u64) -> Self {
        Self { known: Mutex::default(), age: Duration::from_secs(seconds) }
    }

    /// Adds the roles `actor` holds at `at`, and the name and title they are held under.
    pub(super) async fn complete(
        &self,
        db: &Database,
        mut actor: Actor,
        at: DateTime<Utc>,
    ) -> Result<Actor, Error> {
        let held = match self.remembered(&actor.subject) {
            Some(held) => held,
            None => self.read(db, &actor.subject, at).await?,
        };
        actor.assignments.extend(held.iter().map(|h| h.assignment));
        if let Some(first) = held.first() {
            actor.title.clone_from(&first.title);
            actor.name.clone_from(&first.name);
        }
        Ok(actor)
    }

    async fn read(&self, db: &Database, subject: &str, at: DateTime<Utc>) -> Result<Arc<Vec<Held>>, Error> {
        let held = Arc::new(assignments_of(db.reader(), subject, at).await?);
        let mut known = self.known();
        if known.len() >= MOST {
            known.retain(|_, (since, _)| since.elapsed() < self.age);
        }
        if known.len() < MOST {
            known.insert(subject.to_owned(), (Instant::now(), Arc::clone(&held)));
        }
        Ok(held)
    }

    fn remembered(&self, subject: &str) -> Option<Arc<Vec<Held>>> {
        let known = self.known();
        known.get(subject).filter(|(since, _)| since.elapsed() < self.age).map(|(_, held)| Arc::clone(held))
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
