//! The line to one party: whether it may be called now, and how the calls went.

mod breaker;
mod pace;
mod settings;
mod tally;
#[cfg(test)]
mod tests;

pub use breaker::Rest;
pub use settings::LineSettings;
pub use tally::{Counts, Ended, Health, News};

use crate::failure::Failure;
use crate::trip::Trip;
use breaker::Breaker;
use chrono::{DateTime, TimeDelta, Utc};
use pace::Pace;
use rules::parties::PartyState;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Shared by everything that calls one party. Clones are the same line.
#[derive(Clone)]
pub struct Line(Arc<Mutex<Inner>>);

struct Inner {
    party: String,
    state: PartyState,
    services: BTreeMap<String, PartyState>,
    breaker: Breaker,
    pace: Pace,
    news: News,
    total: Counts,
}

/// A live line without bounds, as of a party of which nobody asked anything.
impl Default for Line {
    fn default() -> Self {
        Self::of("party", LineSettings::open())
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line").field("party", &self.held().party).finish_non_exhaustive()
    }
}

impl Line {
    /// The live line of the connector `party`.
    pub fn of(party: &str, settings: LineSettings) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            party: party.to_owned(),
            state: PartyState::Live,
            services: BTreeMap::new(),
            breaker: Breaker::new(settings),
            pace: Pace::new(settings),
            news: News::default(),
            total: Counts::default(),
        })))
    }

    /// The permit for one call of a data service, in the wire's own name; otherwise the failure that says how long to wait.
    ///
    /// Take it right before the call and end it right after: a permit that is dropped counts as a failed call.
    pub fn admit(&self, trip: &Trip, service: &str) -> Result<Call, Failure> {
        let mut held = self.held();
        held.used(trip, service)?;
        let tries = held.breaker.admit(trip.at).map_err(|rest| held.resting(rest))?;
        if let Err(rest) = held.pace.take(trip.at) {
            held.breaker.put_off(trip.at);
            return Err(held.full(rest));
        }
        let (line, service) = (self.clone(), service.to_owned());
        Ok(Call { line, service, at: trip.at, begun: Instant::now(), tries, noted: false })
    }

    /// Says whether the party and its data services are used; services that are not named follow the party.
    pub fn set(&self, state: PartyState, services: BTreeMap<String, PartyState>) {
        let mut held = self.held();
        held.state = state;
        held.services = services;
    }

    /// Whether the party is used.
    pub fn state(&self) -> PartyState {
        self.held().state
    }

    /// Data services that do not follow the party.
    pub fn services(&self) -> BTreeMap<String, PartyState> {
        self.held().services.clone()
    }

    /// Whether the party is left to rest.
    pub fn rest(&self) -> Rest {
        self.held().breaker.rest()
    }

    /// All calls since the process began.
    pub fn counts(&self) -> Counts {
        self.held().total
    }

    /// What happened since it was last asked; whoever cannot write it down gives it back.
    pub fn take_news(&self) -> News {
        std::mem::take(&mut self.held().news)
    }

    /// Takes back news that could not be written down.
    pub fn give_back(&self, news: News) {
        self.held().news.after(news);
    }

    fn held(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long work for a party that is not used waits, should nobody tell that it is.
const UNUSED: Duration = Duration::from_secs(600);

impl Inner {
    fn used(&self, trip: &Trip, service: &str) -> Result<(), Failure> {
        let own = self.services.get(service).map(|state| (format!("{}/{service}", self.party), *state));
        let states = [(self.party.clone(), self.state)].into_iter().chain(own);
        let closed = states.into_iter().find(|(_, state)| !state.admits(trip.trial));
        closed.map_or(Ok(()), |(name, state)| {
            let (vi, en) = state.words();
            Err(Failure::wait(&self.party, UNUSED, format!("{name} {vi} / {name} is {en}")))
        })
    }

    fn resting(&self, rest: TimeDelta) -> Failure {
        let (party, seconds) = (&self.party, rest.num_seconds().max(1));
        let words = format!(
            "{party} lỗi liên tiếp nên tạm nghỉ {seconds} giây / {party} failed again and again and rests for {seconds} s"
        );
        Failure::wait(party, rest.to_std().unwrap_or_default(), words)
    }

    fn full(&self, rest: TimeDelta) -> Failure {
        let party = &self.party;
        let words =
            format!("{party} đã được gọi đủ nhịp cho phép / {party} has been called as often as allowed");
        Failure::wait(party, rest.to_std().unwrap_or_default(), words)
    }
}

/// The permit for one call.
#[derive(Debug)]
#[must_use = "a call that is not ended counts as failed"]
pub struct Call {
    line: Line,
    service: String,
    at: DateTime<Utc>,
    begun: Instant,
    tries: bool,
    noted: bool,
}

impl Call {
    /// Notes how the call ended.
    pub fn ended(mut self, ended: Ended<'_>) {
        self.note(ended);
        self.noted = true;
    }

    /// Notes that the party does not let us in, and gives the failure: all work waits for new credentials.
    ///
    /// A trial gets the refusal itself, as nothing waits behind it.
    pub fn kept_out(self, trip: &Trip, words: String) -> Failure {
        let party = self.line.held().party.clone();
        self.ended(Ended::Failed(&words));
        match trip.trial {
            true => Failure::fail(words),
            false => Failure::wait(party, UNUSED, words),
        }
    }

    fn note(&self, ended: Ended<'_>) {
        let mut held = self.line.held();
        match ended {
            Ended::Answered | Ended::Refused => held.breaker.answered(),
            Ended::Failed(_) => held.breaker.failed(self.at, self.tries),
        }
        let took = self.begun.elapsed();
        held.total += tally::counted(took, ended);
        held.news.note(&self.service, self.at, took, ended);
    }
}

/// A deed that is cut off would otherwise leave the one call that tries out for ever.
impl Drop for Call {
    fn drop(&mut self) {
        if !self.noted {
            self.note(Ended::Failed("cuộc gọi bị cắt ngang / the call was cut off"));
        }
    }
}
