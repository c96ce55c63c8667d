//! Roles kept by this office, remembered for a few seconds.

use super::remembered::Remembered;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::database::Database;
use entities::people::{Held, assignments_of};
use rules::actor::Actor;

/// Roles by subject.
#[derive(Debug)]
pub(super) struct Roles(Remembered<Vec<Held>>);

impl Roles {
    pub(super) fn remembered_for(seconds: u64) -> Self {
        Self(Remembered::for_seconds(seconds))
    }

    /// Adds the roles `actor` holds at `at`, and the name and title they are held under.
    pub(super) async fn complete(
        &self,
        db: &Database,
        mut actor: Actor,
        at: DateTime<Utc>,
    ) -> Result<Actor, Error> {
        let held = match self.0.get(&actor.subject) {
            Some(held) => held,
            None => self.0.keep(&actor.subject, assignments_of(db.reader(), &actor.subject, at).await?),
        };
        actor.assignments.extend(held.iter().map(|h| h.assignment));
        if let Some(first) = held.first() {
            actor.title.clone_from(&first.title);
            actor.name.clone_from(&first.name);
        }
        Ok(actor)
    }
}
