//! How every step on a paper is answered: 201 with the paper as it stands then.

use super::DigitisationView;
use crate::manners::answer::Answer;
use crate::manners::key::Facts;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::HttpResponse;
use entities::Error;
use entities::digitisations::Item;
use entities::dossiers::Door;
use rules::jobs::Queue;

impl Office {
    /// Does something to an item through the door, once for its key.
    pub(super) async fn follow_paper<F>(&self, facts: &Facts, step: F) -> Result<HttpResponse, Problem>
    where
        F: AsyncFnOnce(&Door<'_>) -> Result<Item, Error>,
    {
        let trace = facts.trace.traceparent();
        self.once(facts, async |tx, at| {
            let item = step(&facts.door(self, tx, at, &trace)).await?;
            let (location, version) = (format!("/v1/digitisations/{}", item.id), item.version);
            let view = DigitisationView::of(item, facts.lang)?;
            Ok(Answer::created(location, &view)?.versioned(version).ringing([Queue::Heavy, Queue::Party]))
        })
        .await
    }
}
