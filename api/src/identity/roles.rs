//! Roles kept by this office, remembered for a few seconds.

use crate::office::Office;
use entities::Error;
use entities::people::{Held, assignments_of};
use rules::actor::Actor;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Most people remembered at once.
const MOST: usize = 20_000;

/// Roles by subject, and since when they are known.
#[derive(Debug, Default)]
pub(super) struct Roles(Mutex<HashMap<String, Known>>);

type Known = (Instant, Arc<Vec<Held>>);

impl Roles {
    /// Adds the roles `actor` holds now, and the name and title they are held under.
    pub(super) async fn complete(&self, office: &Office, mut actor: Actor) -> Result<Actor, Error> {
        let held = self.of(office, &actor.subject).await?;
        actor.assignments.extend(held.iter().map(|h| h.assignment));
        if let Some(first) = held.first() {
            actor.title.clone_from(&first.title);
            actor.name.clone_from(&first.name);
        }
        Ok(actor)
    }

    async fn of(&self, office: &Office, subject: &str) -> Result<Arc<Vec<Held>>, Error> {
        let age = Duration::from_secs(office.settings.roles_seconds);
        if let Some(held) = self.remembered(subject, age) {
            return Ok(held);
        }
        let held = Arc::new(assignments_of(office.db.reader(), subject, office.clock.now()).await?);
        self.remember(subject, &held, age);
        Ok(held)
    }

    fn remembered(&self, subject: &str, age: Duration) -> Option<Arc<Vec<Held>>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(subject).filter(|(since, _)| since.elapsed() < age).map(|(_, held)| Arc::clone(held))
    }

    fn remember(&self, subject: &str, held: &Arc<Vec<Held>>, age: Duration) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.retain(|_, (since, _)| since.elapsed() < age);
        }
        if known.len() < MOST {
            known.insert(subject.to_owned(), (Instant::now(), Arc::clone(held)));
        }
    }
}
