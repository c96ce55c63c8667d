//! Roles kept by this office, remembered for a few seconds; the first administrators come from the settings.

use super::remembered::Remembered;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::database::Database;
use entities::people::{Held, assignments_of};
use rules::actor::{Actor, Assignment, Role};

/// Roles by subject.
#[derive(Debug)]
pub(super) struct Roles {
    held: Remembered<Vec<Held>>,
    administrators: Vec<String>,
}

impl Roles {
    /// Remembers for `seconds`; `administrators` are subjects that hold that role without a row.
    pub(super) fn remembered_for(seconds: u64, administrators: Vec<String>) -> Self {
        Self { held: Remembered::for_seconds(seconds), administrators }
    }

    /// Adds the instant, the roles `actor` holds at it, and the name and title they are held under.
    pub(super) async fn complete(
        &self,
        db: &Database,
        mut actor: Actor,
        at: DateTime<Utc>,
    ) -> Result<Actor, Error> {
        let held = match self.held.get(&actor.subject) {
            Some(held) => held,
            None => self.held.keep(&actor.subject, assignments_of(db.reader(), &actor.subject, at).await?),
        };
        if self.administrators.contains(&actor.subject) {
            actor.assignments.push(Assignment { role: Role::Administrator, unit: None });
        }
        actor.as_of = Some(at);
        actor.assignments.extend(held.iter().map(|h| h.assignment));
        if let Some(first) = held.first() {
            actor.title.clone_from(&first.title);
            actor.name.clone_from(&first.name);
        }
        Ok(actor)
    }
}
